import { describe, expect, it } from 'vitest';
import { inOneLanguage } from './one-language.ts';

describe('a page', () => {
  it('loads the scripts of its language', () => {
    const html = `<link href="../_app/immutable/chunks/Bw4S_p-D.js" rel="modulepreload"><script>import("./_app/immutable/entry/start.aB1.js")</script>`;
    expect(inOneLanguage(html, 'en')).toBe(
      `<link href="../_app/immutable/en/chunks/Bw4S_p-D.js" rel="modulepreload"><script>import("./_app/immutable/en/entry/start.aB1.js")</script>`,
    );
  });

  it('says in its header what it says in its text', () => {
    const header =
      '</_app/immutable/nodes/0.xY.js>; rel="modulepreload"; nopush, </_app/immutable/assets/0.zz.css>; rel="preload"';
    expect(inOneLanguage(header, 'ja')).toBe(
      '</_app/immutable/ja/nodes/0.xY.js>; rel="modulepreload"; nopush, </_app/immutable/assets/0.zz.css>; rel="preload"',
    );
  });

  it('leaves styles, pictures, what has its language already and what people wrote alone', () => {
    for (const text of [
      '_app/immutable/assets/app.css',
      '_app/immutable/ja/chunks/a.js',
      '/src/lib/a.js',
      '受講 <p>',
    ]) {
      expect(inOneLanguage(text, 'en')).toBe(text);
    }
  });
});
