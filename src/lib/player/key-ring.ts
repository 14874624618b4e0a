import type { KeyGrant } from '#lib/domain/attendance/protocol.ts';

/** The segment keys of one chapter that the server has released so far, by segment index. */
export class KeyRing {
  readonly #keys = new Map<number, ArrayBuffer>();
  readonly #waiting = new Map<number, Set<(key: ArrayBuffer) => void>>();

  /** How many keys are here without a gap from segment 0. */
  get count(): number {
    let count = 0;
    while (this.#keys.has(count)) count += 1;
    return count;
  }

  add(grant: KeyGrant): void {
    for (const [offset, base64] of grant.keys.entries()) {
      const index = grant.fromIndex + offset;
      const key = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer;
      this.#keys.set(index, key);
      const waiting = this.#waiting.get(index);
      this.#waiting.delete(index);
      for (const take of waiting ?? []) take(key.slice(0));
    }
  }

  /** Hands the key over as soon as it is here, at once if it is; each taker gets a copy of its own. Returns how to stop waiting. */
  whenHere(index: number, take: (key: ArrayBuffer) => void): () => void {
    const key = this.#keys.get(index);
    if (key) {
      take(key.slice(0));
      return () => undefined;
    }
    const waiting = this.#waiting.get(index) ?? new Set();
    this.#waiting.set(index, waiting.add(take));
    return () => waiting.delete(take);
  }
}
