import { uploadVideo, type UploadFailure, type VideoUpload } from '#lib/client/upload.ts';

export type UploadState = 'chosen' | 'sending' | 'paused' | 'failed' | 'finished';

/** One chosen file, from choosing it until the server has all of it. */
export class UploadItem {
  readonly file: File;
  title: string = $state('');
  state: UploadState = $state('chosen');
  /** What the server has. */
  confirmedBytes: number = $state(0);
  failure: UploadFailure | null = $state(null);
  #upload: VideoUpload | null = null;

  constructor(file: File) {
    this.file = file;
    this.title = file.name.replace(/\.[^.]+$/, '');
  }

  async start(): Promise<void> {
    this.state = 'sending';
    this.#upload = uploadVideo(this.file, this.title.trim() || this.file.name, {
      onProgress: (confirmedBytes) => (this.confirmedBytes = confirmedBytes),
      onFinished: () => (this.state = 'finished'),
      onFailed: (failure) => {
        this.failure = failure;
        this.state = 'failed';
      },
    });
    await this.#upload.start();
  }

  async pause(): Promise<void> {
    this.state = 'paused';
    await this.#upload?.pause();
  }

  resume(): void {
    this.failure = null;
    this.state = 'sending';
    this.#upload?.resume();
  }

  /** Takes back what was sent; when the line is down, the server keeps it for another day. */
  async cancel(): Promise<void> {
    if (this.state !== 'finished') await this.#upload?.cancel().catch(() => undefined);
  }
}

/** The files of this window. It outlives the page, so that sending goes on while the administrator is on another one. */
class UploadQueue {
  items: UploadItem[] = $state([]);
  readonly isSending = $derived(this.items.some(({ state }) => state === 'sending'));
  readonly finishedCount = $derived(this.items.filter(({ state }) => state === 'finished').length);

  add(files: Iterable<File>): void {
    this.items.push(...Array.from(files, (file) => new UploadItem(file)));
  }

  async startAll(): Promise<void> {
    await Promise.all(this.items.filter(({ state }) => state === 'chosen').map((item) => item.start()));
  }

  async remove(item: UploadItem): Promise<void> {
    this.items = this.items.filter((other) => other !== item);
    await item.cancel();
  }

  /** Once the list of videos shows them. */
  clearFinished(): void {
    this.items = this.items.filter(({ state }) => state !== 'finished');
  }
}

export const uploads = new UploadQueue();
