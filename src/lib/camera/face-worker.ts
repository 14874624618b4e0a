/// <reference lib="webworker" />
import { Human } from '@vladmandic/human';
import type { FaceBox } from './face-hint.ts';

const worker = globalThis as unknown as DedicatedWorkerGlobalScope;
/** Where the build puts the model (scripts/support/face-model.ts). */
const MODEL_FOLDER = '/face/';
const OFF = { enabled: false } as const;

/** WebGL where a worker can have it; otherwise plain JavaScript, about a second for a picture. Neither compiles code at run time. */
const hasWebGl = () =>
  typeof OffscreenCanvas !== 'undefined' && new OffscreenCanvas(1, 1).getContext('webgl2') !== null;

const human = new Human({
  backend: hasWebGl() ? 'webgl' : 'cpu',
  modelBasePath: new URL(MODEL_FOLDER, worker.location.origin).href,
  // Nothing is kept on a person's device but what the browser keeps of any file.
  cacheModels: false,
  filter: OFF,
  gesture: OFF,
  body: OFF,
  hand: OFF,
  object: OFF,
  segmentation: OFF,
  face: {
    enabled: true,
    // Where faces are, and nothing else about them.
    detector: {
      modelPath: 'blazeface.json',
      rotation: false,
      maxDetected: 3,
      minConfidence: 0.5,
      scale: 1,
      skipFrames: 0,
      skipTime: 0,
      return: false,
    },
    mesh: OFF,
    iris: OFF,
    attention: OFF,
    emotion: OFF,
    description: OFF,
    antispoof: OFF,
    liveness: OFF,
  },
});

worker.addEventListener('message', ({ data }: MessageEvent<ImageData>) => {
  human.detect(data).then(
    (found) => {
      // What went wrong is an answer there; to us it is none.
      if (found.error !== null) return worker.postMessage(null);
      worker.postMessage(
        found.face.map(({ box: [x, y, width, height] }): FaceBox => ({ x, y, width, height })),
      );
    },
    () => worker.postMessage(null),
  );
});
