/**
 * Keeps the screen awake while it should be; the browser lets go by itself when the page is hidden. Where there is no such
 * thing, or the battery is low, the screen goes dark as it always did.
 */
export class WakeLock {
  #lock: WakeLockSentinel | null = null;
  #isWanted = false;
  #isAsking = false;

  async hold(): Promise<void> {
    this.#isWanted = true;
    if (!('wakeLock' in navigator) || this.#isAsking || (this.#lock && !this.#lock.released)) return;
    this.#isAsking = true;
    try {
      this.#lock = await navigator.wakeLock.request('screen');
      if (!this.#isWanted) this.release();
    } catch {
      this.#lock = null;
    }
    this.#isAsking = false;
  }

  release(): void {
    this.#isWanted = false;
    void this.#lock?.release();
    this.#lock = null;
  }
}
