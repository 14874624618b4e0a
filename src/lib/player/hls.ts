import type Hls from 'hls.js';
import type {
  ErrorData,
  FragLoadedData,
  HlsConfig,
  Loader,
  LoaderCallbacks,
  LoaderContext,
  LoaderStats,
  LoadPolicy,
} from 'hls.js';
import { wantsSaving } from './saving-choice.ts';
import type { KeyRing } from './key-ring.ts';
import type { Stream, StreamOptions } from './stream.ts';

const KEY_URI = /\/key\/(\d+)$/;
const RETRY_MS = 3_000;

function newStats(): LoaderStats {
  const times = () => ({ start: 0, first: 0, end: 0 });
  return {
    aborted: false,
    loaded: 0,
    retry: 0,
    total: 0,
    chunkCount: 0,
    bwEstimate: 0,
    loading: times(),
    parsing: times(),
    buffering: times(),
  };
}

/**
 * hls.js asks its `config.loader` for keys. This one never asks the network: it takes them out of the key ring, which the
 * replies to heartbeats fill, and waits for one that is not there yet.
 */
function makeKeyLoader(keys: KeyRing) {
  return class KeyRingLoader implements Loader<LoaderContext> {
    context: LoaderContext | null = null;
    stats = newStats();
    #callbacks: LoaderCallbacks<LoaderContext> | null = null;
    #stopWaiting: () => void = () => undefined;

    load(context: LoaderContext, _: unknown, callbacks: LoaderCallbacks<LoaderContext>): void {
      const index = KEY_URI.exec(context.url)?.[1];
      this.context = context;
      this.#callbacks = callbacks;
      this.stats.loading.start = performance.now();
      if (index === undefined) {
        callbacks.onError({ code: 404, text: 'not a key of ours' }, context, null, this.stats);
        return;
      }
      this.#stopWaiting = keys.whenHere(Number(index), (data) => {
        const now = performance.now();
        Object.assign(this.stats.loading, { first: now, end: now });
        this.stats.loaded = this.stats.total = data.byteLength;
        this.#callbacks = null;
        callbacks.onSuccess({ url: context.url, data, code: 200 }, this.stats, context, null);
      });
    }

    abort(): void {
      this.#stopWaiting();
      const [callbacks, context] = [this.#callbacks, this.context];
      this.#callbacks = null;
      if (!callbacks || !context) return;
      this.stats.aborted = true;
      callbacks.onAbort?.(this.stats, context, null);
    }

    destroy(): void {
      this.#stopWaiting();
      this.#callbacks = null;
    }
  };
}

/** A line that is down (status 0) or a server that restarts (5xx) is waited for; a file that is not there (4xx) is not. */
function patientPolicy(maxLoadTimeMs: number): LoadPolicy {
  const retry = { maxNumRetry: 10_000, retryDelayMs: 500, maxRetryDelayMs: 3_000 };
  return {
    default: {
      maxTimeToFirstByteMs: 8_000,
      maxLoadTimeMs,
      timeoutRetry: retry,
      errorRetry: {
        ...retry,
        shouldRetry: (_retry, _count, _isTimeout, response) => {
          const status = response?.code ?? -1;
          return status === 0 || status >= 500;
        },
      },
    },
  };
}

function makeConfig(DefaultLoader: HlsConfig['loader'], keys: KeyRing): Partial<HlsConfig> {
  return {
    autoStartLoad: false,
    // `maxBufferLength` alone is a minimum; with these it is also the most that is loaded ahead: enough to play through 40 s without a
    // line and the search for it, and less than what is released (docs/decisions/0007-a-line-that-is-away.md).
    maxBufferLength: 52,
    maxMaxBufferLength: 52,
    maxBufferSize: 0,
    backBufferLength: 60,
    // Segments are fMP4: there is nothing to remux, and decryption is the browser's own.
    enableWorker: false,
    capLevelToPlayerSize: true,
    loader: makeKeyLoader(keys),
    fLoader: DefaultLoader as NonNullable<HlsConfig['fLoader']>,
    pLoader: DefaultLoader as NonNullable<HlsConfig['pLoader']>,
    fragLoadPolicy: patientPolicy(60_000),
    manifestLoadPolicy: patientPolicy(20_000),
    playlistLoadPolicy: patientPolicy(20_000),
  };
}

/**
 * Attaches the chapter to the video element; its playlists are read at once, its pictures after `start`. Null when this
 * browser has neither Media Source Extensions nor ManagedMediaSource.
 */
export async function attachHls({ video, chapter, keys, listener }: StreamOptions): Promise<Stream | null> {
  const { masterUrl } = chapter;
  const HlsLight = (await import('hls.js/light')).default as typeof Hls;
  if (!HlsLight.isSupported()) return null;
  const { Events, ErrorTypes } = HlsLight;
  const hls = new HlsLight(makeConfig(HlsLight.DefaultConfig.loader, keys));
  let startSeconds: number | null = null;
  let hasManifest = false;
  let mediaRecoveries = 0;
  let usedBytes = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;

  // hls.js hears a moment later of what it aborted, and would take it for what it has begun since, which then never arrives
  // (docs/decisions/0033-loading-begins-anew-in-a-task-of-its-own.md).
  const loadFrom = (seconds: number) => {
    clearTimeout(timer);
    hls.stopLoad();
    timer = setTimeout(() => hls.startLoad(seconds), 0);
  };
  const startWhenReady = () => {
    if (hasManifest && startSeconds !== null) loadFrom(startSeconds);
  };
  const onManifest = () => {
    hasManifest = true;
    startWhenReady();
  };
  const onLoaded = (_: unknown, { frag }: FragLoadedData) => {
    usedBytes += frag.stats.loaded;
    listener.loaded();
  };
  // Levels are in the order of their rates: the first one puts the sound first.
  const saveData = (isSaving: boolean) => {
    hls.autoLevelCapping = isSaving ? 0 : -1;
  };
  const onBuffered = () => {
    mediaRecoveries = 0;
  };
  const restart = () => {
    if (!hasManifest) return hls.loadSource(masterUrl);
    loadFrom(startSeconds === null ? -1 : video.currentTime || startSeconds);
  };
  const onError = (_: unknown, data: ErrorData) => {
    if (!data.fatal) return;
    if (data.type === ErrorTypes.NETWORK_ERROR) {
      clearTimeout(timer);
      timer = setTimeout(restart, RETRY_MS);
    } else if (data.type === ErrorTypes.MEDIA_ERROR && mediaRecoveries < 2) {
      mediaRecoveries += 1;
      hls.recoverMediaError();
    } else listener.failed();
  };

  hls.on(Events.MANIFEST_PARSED, onManifest);
  hls.on(Events.FRAG_LOADED, onLoaded);
  hls.on(Events.FRAG_BUFFERED, onBuffered);
  hls.on(Events.ERROR, onError);
  saveData(wantsSaving());
  hls.loadSource(masterUrl);
  hls.attachMedia(video);

  return {
    // The keys come with the heartbeats, whichever viewing they are of.
    follow: () => undefined,
    start: (positionMs) => {
      startSeconds = positionMs / 1_000;
      startWhenReady();
    },
    restart,
    traffic: () => ({
      usedBytes,
      rungs: hls.levels.map(({ width, height, averageBitrate, bitrate }) => ({
        lines: Math.min(width, height),
        bitsPerSecond: averageBitrate || bitrate,
      })),
      isSaving: hls.autoLevelCapping === 0,
    }),
    saveData,
    destroy: () => {
      clearTimeout(timer);
      hls.off(Events.MANIFEST_PARSED, onManifest);
      hls.off(Events.FRAG_LOADED, onLoaded);
      hls.off(Events.FRAG_BUFFERED, onBuffered);
      hls.off(Events.ERROR, onError);
      hls.destroy();
    },
  };
}
