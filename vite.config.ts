import { paraglideVitePlugin } from '@inlang/paraglide-js';
import { sveltekit } from '@sveltejs/kit/vite';
import tailwindcss from '@tailwindcss/vite';
import { defineConfig } from 'vite';

export default defineConfig({
  plugins: [
    tailwindcss(),
    sveltekit(),
    paraglideVitePlugin({
      project: './project.inlang',
      outdir: './src/lib/paraglide',
      strategy: ['cookie', 'baseLocale'],
      cookieName: 'koshu-locale',
    }),
  ],
  build: {
    target: 'baseline-widely-available',
    // What a page needs stands in its HTML (kit writes the preload links); a list of what every other page would need weighs 2 kB.
    modulePreload: false,
  },
});
