import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';
import words from './project.inlang/settings.json' with { type: 'json' };
import { faceModel } from './scripts/support/face-model.ts';
import svelteConfig from './svelte.config.js';
import { ownScripts } from './scripts/support/own-scripts.ts';
import { oneLanguageScripts } from './scripts/support/one-language-scripts.ts';
import { subsetFonts } from './scripts/support/subset-fonts.ts';

export default defineConfig({
  plugins: [
    subsetFonts(),
    tailwindcss(),
    sveltekit(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      // Of a request by lib/http/page-language.ts; `baseLocale` is what stands in for words that a further language lacks.
      strategy: ['custom-page', 'baseLocale'],
    }),
    ownScripts(svelteConfig.kit?.version?.name ?? ''),
    oneLanguageScripts(words.locales),
    faceModel(),
  ],
  worker: { format: 'es' },
  build: {
    target: 'baseline-widely-available',
    // What a page needs stands in its HTML (kit writes the preload links); a list of what every other page would need weighs 2 kB.
    modulePreload: false,
    rollupOptions: {
      output: {
        codeSplitting: {
          groups: [
            // Words by the pages that say them, before anything else takes all words along.
            { name: 'words', test: /\/src\/lib\/paraglide\/messages\//, entriesAware: true, priority: 2 },
            // What nearly every page shows, in one piece with what it stands on.
            {
              name: 'frame',
              test: /\/src\/lib\/components\/(?:Button|Notice|PageHeading|ProgressBar|StepNavigation)\.svelte/,
              priority: 1,
            },
          ],
        },
      },
    },
  },
});
