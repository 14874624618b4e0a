import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import type { Plugin } from 'vite';

const FILES = ['blazeface.json', 'blazeface.bin'] as const;
const FOLDER = 'face';

const folder = () =>
  path.join(path.dirname(createRequire(import.meta.url).resolve('@vladmandic/human')), '../models');

/** Serves the model of the face detector (lib/camera) out of its package, as `/face/…`: no page of ours asks another server for anything. */
export function faceModel(): Plugin {
  return {
    name: 'face-model',
    applyToEnvironment: ({ name }) => name === 'client',
    async generateBundle() {
      for (const file of FILES) {
        const source = await readFile(path.join(folder(), file));
        this.emitFile({ type: 'asset', fileName: `${FOLDER}/${file}`, source });
      }
    },
    configureServer({ middlewares }) {
      middlewares.use(`/${FOLDER}`, (request, response, next) => {
        const file = FILES.find((name) => request.url === `/${name}`);
        if (!file) return next();
        readFile(path.join(folder(), file)).then((body) => response.end(body), next);
      });
    },
  };
}
