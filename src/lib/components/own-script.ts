import { dev, version } from '$app/environment';

/** The address of a script of ours that is none of SvelteKit's: `src/lib/client/<name>.ts`, as scripts/support/own-scripts.ts makes it. */
export const ownScript = (name: 'mount-player' | 'watch-line'): string =>
  dev ? `/src/lib/client/${name}.ts` : `/_app/immutable/entry/${name}-${version}.js`;
