import type { After } from './line.ts';

/** So near the end pictures that stand still are the last ones; less than the server joins (`contiguityMs`). */
const NEAR_END_MS = 1_000;
const END_STILL_MS = 3_000;
/** A playhead that was held at the edge and has no data by then gets its loading begun anew. */
const STUCK_MS = 1_500;
/** So long a playhead that wants to move has nothing to play, and loading is begun anew: longer than a slow line needs for a segment. */
const STARVED_MS = 15_000;
/** `HTMLMediaElement.HAVE_FUTURE_DATA` */
const FUTURE_DATA = 3;

interface Options {
  readonly after: After;
  readonly durationMs: number;
  readonly video: () => Pick<HTMLVideoElement, 'seeking' | 'readyState' | 'paused'> | null;
  /** The pictures have come to their end, although the element does not say so. */
  readonly ended: () => void;
  /** Nothing is there to play. */
  readonly stuck: () => void;
}

/** Notices pictures that stand still and of which no event tells: at the end of the chapter, and where a seek was held. */
export class Standstill {
  readonly #options: Options;
  #cancelEnd: () => void = () => undefined;
  #cancelStuck: () => void = () => undefined;
  #cancelStarved: () => void = () => undefined;

  constructor(options: Options) {
    this.#options = options;
  }

  /** The playhead is here now and is meant to move on. */
  movingAt(positionMs: number): void {
    const { after, durationMs, ended } = this.#options;
    this.rest();
    if (positionMs >= durationMs - NEAR_END_MS) this.#cancelEnd = after(END_STILL_MS, ended);
  }

  /** It is not meant to move. */
  rest(): void {
    this.#cancelEnd();
  }

  /** A seek was held. */
  held(): void {
    const { after, video, stuck } = this.#options;
    this.#cancelStuck();
    this.#cancelStuck = after(STUCK_MS, () => {
      const element = video();
      if (element && (element.seeking || element.readyState < FUTURE_DATA)) stuck();
    });
  }

  /** Nothing is there to play. Asked again until something is: nobody has to press anything. */
  starving(): void {
    const { after, video, stuck } = this.#options;
    this.#cancelStarved();
    this.#cancelStarved = after(STARVED_MS, () => {
      const element = video();
      if (!element || element.paused || element.readyState >= FUTURE_DATA) return;
      stuck();
      this.starving();
    });
  }

  stop(): void {
    this.#cancelStarved();
    this.#cancelEnd();
    this.#cancelStuck();
  }
}
