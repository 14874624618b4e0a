import path from 'node:path';
import type { Plugin } from 'vite';

/** Pages name them by lib/components/own-script.ts. */
const SCRIPTS = ['src/lib/client/mount-player.ts', 'src/lib/client/watch-line.ts'];

/**
 * Makes further scripts of the pages beside those of SvelteKit, for pages that run nothing else: what brings the player to life
 * (docs/decisions/0032-the-player-alone-runs.md) and what watches the line (docs/decisions/0035-forms-wait-for-the-line.md).
 * They share their pieces with the others.
 */
export function ownScripts(version: string): Plugin {
  return {
    name: 'own-scripts',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    buildStart() {
      // Names that the server's page can know, and others with each build: the folder is kept for ever by browsers.
      for (const id of SCRIPTS) {
        const fileName = `_app/immutable/entry/${path.basename(id, '.ts')}-${version}.js`;
        this.emitFile({ type: 'chunk', id, fileName });
      }
    },
  };
}
