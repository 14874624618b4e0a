import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { LectureChapter } from './chapter.ts';
import type { LineStatus } from './line.ts';
import type { Stream, Traffic } from './stream.ts';
import { CLOSED_LINE, findPlaybackStatus, type MediaState } from './playback-status.ts';

/** How things are with a chapter that is watched, for whoever shows it. */
export class PlaybackView {
  readonly durationMs: number;
  readonly #knownMs: number;
  protected line = $state.raw<LineStatus>(CLOSED_LINE);
  protected media = $state<MediaState>('empty');
  protected furthestMs = $state(0);
  protected stream: Stream | null = null;

  readonly status = $derived(findPlaybackStatus(this.line, this.media));
  readonly creditedMs = $derived.by(() => (this.line.viewingId ? this.line.creditedMs : this.#knownMs));
  /** Until the last picture, from the furthest one that was seen. */
  readonly remainingMs = $derived.by(() => Math.max(0, this.durationMs - this.seenMs));
  readonly refusalCode: RefusalCode | null = $derived(this.line.refusalCode);

  constructor({ durationMs, creditedMs = 0 }: Pick<LectureChapter, 'durationMs' | 'creditedMs'>) {
    this.durationMs = durationMs;
    this.#knownMs = creditedMs;
  }

  /** How far the playhead may be moved, in milliseconds. What a missed presence check took back has to be seen again. */
  get seenMs(): number {
    if (this.refusalCode === 'presence_missed') return this.creditedMs;
    return Math.max(this.creditedMs, this.furthestMs);
  }

  traffic(): Traffic | null {
    return this.stream?.traffic?.() ?? null;
  }

  saveData(isSaving: boolean): void {
    this.stream?.saveData?.(isSaving);
  }
}
