import type { FaceBox } from './face-hint.ts';

interface Line {
  readonly saveData?: boolean;
  readonly effectiveType?: string;
}

/** About 1 MB is fetched: not over a line that is known to be slow, or of somebody who asked to be spared. */
const isWorthIt = ({ saveData, effectiveType }: Line) => !saveData && !effectiveType?.endsWith('2g');

/**
 * Looks for faces, in a thread of its own, so that the preview never stops for it. Whatever goes wrong (it does not load, the device is
 * too old) it has seen nothing, and nobody is told: it only helps.
 */
export class FaceFinder {
  #worker: Worker | null = null;
  #answer: ((faces: readonly FaceBox[] | null) => void) | null = null;

  /** Faces in the picture's pixels, or null. One picture at a time; while one is looked at another one is not, and answers null. */
  find(picture: ImageData): Promise<readonly FaceBox[] | null> {
    const worker = (this.#worker ??= this.#open());
    if (!worker || this.#answer) return Promise.resolve(null);
    return new Promise((resolve) => {
      this.#answer = resolve;
      worker.postMessage(picture);
    });
  }

  end(): void {
    this.#worker?.terminate();
    this.#give(null);
  }

  #open(): Worker | null {
    const { connection } = navigator as Navigator & { readonly connection?: Line };
    if (!('Worker' in globalThis) || (connection && !isWorthIt(connection))) return null;
    const worker = new Worker(new URL('./face-worker.ts', import.meta.url), { type: 'module' });
    worker.addEventListener('message', ({ data }: MessageEvent<readonly FaceBox[] | null>) =>
      this.#give(data),
    );
    // It did not load: whoever waits for it waits for good, and says nothing meanwhile.
    worker.addEventListener('error', (event) => event.preventDefault());
    return worker;
  }

  #give(faces: readonly FaceBox[] | null): void {
    const answer = this.#answer;
    this.#answer = null;
    answer?.(faces);
  }
}
