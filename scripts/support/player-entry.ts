import type { Plugin } from 'vite';

const MOUNT = 'src/lib/client/mount-player.ts';

/**
 * Makes one more script of the pages beside those of SvelteKit: what brings the player to life on a page that runs nothing else
 * (docs/decisions/0032-the-player-alone-runs.md). It shares its pieces with them.
 */
export function playerEntry(version: string): Plugin {
  return {
    name: 'player-entry',
    apply: 'build',
    applyToEnvironment: ({ name }) => name === 'client',
    buildStart() {
      // A name that the server's page can know, and another one with each build: the folder is kept for ever by browsers.
      this.emitFile({ type: 'chunk', id: MOUNT, fileName: `_app/immutable/entry/player-${version}.js` });
    },
  };
}
