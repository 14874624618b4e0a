import { DetailedError, Upload, type UploadOptions } from 'tus-js-client';
import type { RefusalView } from '#lib/http/refusals.ts';

// Progress is what the server has confirmed: small enough to move, large enough to fill a fast line.
const CHUNK_BYTES = 8 * 1024 * 1024;
const RETRY_DELAYS_MS = [0, 1_000, 3_000, 5_000, 10_000, 30_000];

export type UploadFailure =
  | { readonly kind: 'refused'; readonly refusal: RefusalView }
  /** The session is over. What was sent stays; sign in and call `resume()`, or choose the same file again. */
  | { readonly kind: 'signed_out' }
  /** The line is down for longer than the retries. What was sent stays; call `resume()`. */
  | { readonly kind: 'disconnected' };

export interface UploadEvents {
  /** What the server calls it, as soon as that is known. */
  readonly onNamed: (uploadId: string) => void;
  /** Bytes that the server has; called once more with all of them at the end. */
  readonly onProgress: (confirmedBytes: number, totalBytes: number) => void;
  readonly onFinished: () => void;
  readonly onFailed: (failure: UploadFailure) => void;
}

export interface VideoUpload {
  /** Begins, or goes on where an upload of the same file stopped, also one of another day in this browser. */
  start(): Promise<void>;
  pause(): Promise<void>;
  resume(): void;
  /** Stops and takes back what was sent. */
  cancel(): Promise<void>;
}

class SignedOut extends Error {
  override readonly name = 'SignedOut';
}

const UNAUTHORIZED = 401;

function isRefusal(value: unknown): value is { refusal: RefusalView } {
  return typeof value === 'object' && value !== null && 'refusal' in value;
}

function failureOf(error: Error | DetailedError): UploadFailure {
  if (!(error instanceof DetailedError)) return { kind: 'disconnected' };
  if (error.causingError instanceof SignedOut) return { kind: 'signed_out' };
  try {
    const body: unknown = JSON.parse(error.originalResponse?.getBody() ?? '');
    if (isRefusal(body)) return { kind: 'refused', refusal: body.refusal };
  } catch {
    // not an answer of ours: a proxy's page, or none at all
  }
  return { kind: 'disconnected' };
}

export interface UploadedFile {
  readonly file: File;
  readonly title: string;
  /** An unfinished upload of this very file, also one that another browser began. */
  readonly uploadId?: string;
}

const UPLOAD_PATH = '/uploads';

/** One file on its way to the server in parts (tus); nothing that the server has confirmed is sent twice. */
export function uploadVideo({ file, title, uploadId }: UploadedFile, events: UploadEvents): VideoUpload {
  const options: UploadOptions = {
    endpoint: UPLOAD_PATH,
    ...(uploadId !== undefined && { uploadUrl: `${UPLOAD_PATH}/${uploadId}` }),
    metadata: { filename: file.name, title, modified: String(file.lastModified) },
    chunkSize: CHUNK_BYTES,
    retryDelays: RETRY_DELAYS_MS,
    removeFingerprintOnSuccess: true,
    // Without this the client would take 401 for "no such upload" and begin from nothing.
    onAfterResponse: (_, response) => {
      if (response.getStatus() === UNAUTHORIZED) throw new SignedOut();
    },
    onShouldRetry: (error) => {
      const status = error.originalResponse?.getStatus() ?? 0;
      const mayPass = status < 400 || status >= 500 || status === 409 || status === 423;
      return mayPass && !(error.causingError instanceof SignedOut);
    },
    onUploadUrlAvailable: () => events.onNamed(upload.url?.split('/').at(-1) ?? ''),
    onChunkComplete: (_, confirmedBytes) => events.onProgress(confirmedBytes, file.size),
    onSuccess: () => {
      events.onProgress(file.size, file.size);
      events.onFinished();
    },
    onError: (error) => events.onFailed(failureOf(error)),
  };
  const upload: Upload = new Upload(file, options);
  return {
    async start() {
      const previousUploads = uploadId === undefined ? await upload.findPreviousUploads() : [];
      const [previous] = previousUploads.sort((a, b) => b.creationTime.localeCompare(a.creationTime));
      if (previous) upload.resumeFromPreviousUpload(previous);
      upload.start();
    },
    pause: () => upload.abort(),
    resume: () => upload.start(),
    cancel: () => upload.abort(true),
  };
}
