import adapter from '@sveltejs/adapter-node';
import { vitePreprocess } from '@sveltejs/vite-plugin-svelte';

// Asked for more than once while the pages are built: it has to be the same each time.
process.env.KOSHU_BUILD ??= Date.now().toString(36);

/** @type {import('@sveltejs/kit').Config} */
export default {
  preprocess: vitePreprocess(),
  compilerOptions: { runes: true },
  kit: {
    version: { name: process.env.KOSHU_BUILD },
    adapter: adapter({ out: 'build', precompress: true }),
    // For the counter alone (routes/counter/Terminal.svelte): learners' pages have none.
    serviceWorker: { register: false },
    // A page of ours loads nothing from anywhere else: hls.js needs blob: for MediaSource, the camera and photos need blob: and data:.
    csp: {
      mode: 'auto',
      directives: {
        'default-src': ['self'],
        'script-src': ['self', 'wasm-unsafe-eval'],
        'style-src': ['self', 'unsafe-inline'],
        'img-src': ['self', 'data:', 'blob:'],
        'media-src': ['self', 'blob:'],
        'worker-src': ['self', 'blob:'],
        'connect-src': ['self'],
        'font-src': ['self'],
        'object-src': ['none'],
        'base-uri': ['self'],
        'form-action': ['self'],
        'frame-ancestors': ['none'],
      },
    },
    typescript: {
      config: (config) => {
        config.include.push(
          '../scripts/**/*.ts',
          '../bench/**/*.ts',
          '../migrations/**/*.ts',
          '../playwright.config.ts',
          '../vitest.config.ts',
        );
        return config;
      },
    },
  },
};
