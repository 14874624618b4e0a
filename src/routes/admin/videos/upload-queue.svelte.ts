import type { UploadFailure, VideoUpload } from '#lib/client/upload.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import type { UnfinishedUpload } from '#lib/server/videos/list-uploads.ts';

export type UploadState = 'chosen' | 'waiting' | 'sending' | 'paused' | 'failed' | 'finished';

/** One chosen file, from choosing it until the server has all of it. */
export class UploadItem {
  readonly file: File;
  /** What has arrived of this very file before. */
  readonly unfinished: UnfinishedUpload | null;
  title: string = $state('');
  state: UploadState = $state('chosen');
  /** What the server has. */
  confirmedBytes: number = $state(0);
  failure: UploadFailure | null = $state(null);
  /** What the server calls it, once it is known there. */
  uploadId: string | null = $state(null);
  #upload: VideoUpload | null = null;

  constructor(file: File, unfinished: UnfinishedUpload | null) {
    this.file = file;
    this.unfinished = unfinished;
    this.title = unfinished?.title ?? file.name.replace(/\.[^.]+$/, '');
    this.uploadId = unfinished?.id ?? null;
    this.confirmedBytes = unfinished?.receivedBytes ?? 0;
  }

  /** Begins, or goes on. `onSettled` is called when it is sent, or cannot go on. */
  async send(onSettled: () => void): Promise<void> {
    this.failure = null;
    this.state = 'sending';
    if (this.#upload) {
      this.#upload.resume();
      return;
    }
    const client = await import('#lib/client/upload.ts').catch(() => null);
    // Paused or taken back while that was loading; or paused and sent again.
    if (this.state !== 'sending' || this.#upload) return;
    if (!client) {
      this.failure = { kind: 'disconnected' };
      this.state = 'failed';
      onSettled();
      return;
    }
    const { file, unfinished } = this;
    const chosen = { file, title: this.title.trim() || file.name };
    this.#upload = client.uploadVideo(unfinished ? { ...chosen, uploadId: unfinished.id } : chosen, {
      onNamed: (uploadId) => (this.uploadId = uploadId),
      onProgress: (confirmedBytes) => (this.confirmedBytes = confirmedBytes),
      onFinished: () => {
        this.state = 'finished';
        onSettled();
      },
      onFailed: (failure) => {
        this.failure = failure;
        this.state = 'failed';
        onSettled();
      },
    });
    await this.#upload.start();
  }

  async pause(): Promise<void> {
    this.state = 'paused';
    await this.#upload?.pause();
  }

  /** Takes back what was sent; when the line is down, the server keeps it for another day. */
  async cancel(): Promise<void> {
    if (!this.#upload) this.state = 'chosen';
    else if (this.state !== 'finished') await this.#upload.cancel().catch(() => undefined);
  }
}

const isSame = (file: File, { fileName, bytes, fileModifiedMs }: UnfinishedUpload) =>
  file.name === fileName && file.size === bytes && file.lastModified === fileModifiedMs;

/** The files of this window. It outlives the page, so that sending goes on while the administrator is on another one. */
class UploadQueue {
  items: UploadItem[] = $state([]);
  readonly isSending = $derived(this.items.some(({ state }) => state === 'sending' || state === 'waiting'));
  readonly finishedCount = $derived(this.items.filter(({ state }) => state === 'finished').length);

  has(uploadId: string): boolean {
    return this.items.some((item) => item.uploadId === uploadId);
  }

  /** A file of which something has arrived before goes on there. */
  add(files: Iterable<File>, unfinished: readonly UnfinishedUpload[]): void {
    for (const file of files) {
      const before = unfinished.find((upload) => !this.has(upload.id) && isSame(file, upload));
      this.items.push(new UploadItem(file, before ?? null));
    }
  }

  startAll(): void {
    for (const item of this.items) if (item.state === 'chosen') item.state = 'waiting';
    this.#sendNext();
  }

  async pause(item: UploadItem): Promise<void> {
    await item.pause();
    this.#sendNext();
  }

  resume(item: UploadItem): void {
    item.state = 'waiting';
    this.#sendNext();
  }

  async remove(item: UploadItem): Promise<void> {
    this.items = this.items.filter((other) => other !== item);
    this.#sendNext();
    await item.cancel();
  }

  /** Once the list of videos shows them. */
  clearFinished(): void {
    this.items = this.items.filter(({ state }) => state !== 'finished');
  }

  /** A line is not made faster by many files at once; the first ones are there sooner. */
  #sendNext(): void {
    let sending = this.items.filter(({ state }) => state === 'sending').length;
    for (const item of this.items) {
      if (sending >= LIMITS.uploadsAtOnce) return;
      if (item.state !== 'waiting') continue;
      sending += 1;
      void item.send(() => this.#sendNext());
    }
  }
}

export const uploads = new UploadQueue();
