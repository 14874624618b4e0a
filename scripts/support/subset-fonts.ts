import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import subsetFont from 'subset-font';
import type { Plugin } from 'vite';
import files from '../../messages/files.json' with { type: 'json' };

const root = path.join(import.meta.dirname, '../..');
const FOLDER = path.join(root, 'src/lib/fonts');
const STAMP = path.join(FOLDER, '.made-of');
const require = createRequire(import.meta.url);
const WEIGHTS = { 400: '400Regular/BIZUDPGothic_400Regular', 700: '700Bold/BIZUDPGothic_700Bold' } as const;

const between = (first: number, last: number) =>
  Array.from({ length: last - first + 1 }, (_, index) => String.fromCodePoint(first + index)).join('');

/** What no catalogue lists: Latin letters, kana, signs, and how dates and eras are written. */
const ALWAYS = [
  between(0x20, 0x7e),
  between(0x3041, 0x3096),
  between(0x30a1, 0x30fe),
  '、。々〇「」『』【】〒〜（）：！？／＋－',
  '–—‘’“”•…°±×÷·←↑→↓①②③④⑤■□○◎●✓',
  '明治大正昭和平成令和元年月日時分秒曜火水木金土午前後',
].join('');

/** The characters that these texts are written with, each once, in order; of JSON its names are in it too, which are Latin. */
export function charactersOf(texts: readonly string[]): string {
  return [...new Set(texts.concat(ALWAYS).join('').normalize('NFC'))]
    .sort()
    .join('')
    .replaceAll(/\p{Cc}/gu, '');
}

/** What Koshu itself says to learners in Japanese: the catalogues, the articles of the conditions, the commissions. */
const ownWords = () =>
  [
    ...files.learner.map((name) => `messages/ja/${name}.json`),
    'src/lib/domain/renewal/eligibility.ts',
    'src/lib/domain/people/commissions.ts',
    'src/lib/domain/people/regions.ts',
  ].map((file) => readFileSync(path.join(root, file), 'utf8'));

/**
 * Writes `src/lib/fonts/koshu-{400,700}.woff2`: BIZ UDPGothic with no more characters than our words have. What people are called falls back
 * to the device's font. Nothing is done as long as no word brings a character that was not there.
 */
export function subsetFonts(): Plugin {
  return {
    name: 'subset-fonts',
    async configResolved() {
      const characters = charactersOf(ownWords());
      const hash = createHash('sha256')
        .update(readFileSync(import.meta.filename))
        .update(characters);
      const wanted = hash.digest('hex');
      if (existsSync(STAMP) && readFileSync(STAMP, 'utf8') === wanted) return;
      mkdirSync(FOLDER, { recursive: true });
      for (const [weight, file] of Object.entries(WEIGHTS)) {
        const whole = readFileSync(require.resolve(`@expo-google-fonts/biz-udpgothic/${file}.ttf`));
        const subset = await subsetFont(whole, characters, {
          targetFormat: 'woff2',
          noHinting: true,
          keepFeatures: ['kern'],
          // Whose it is and its licence (SIL OFL 1.1 §2) go along.
          preserveNameIds: [0, 13, 14],
        });
        writeFileSync(path.join(FOLDER, `koshu-${weight}.woff2`), subset);
      }
      writeFileSync(STAMP, wanted);
    },
  };
}
