import { minify, transformWithOxc, type Plugin } from 'vite';

/** Stands in the words of a page for the language that its scripts are made for; undefined where they are made for all. */
const LANGUAGE = 'globalThis.KOSHU_LANGUAGE';

const WORDS = /\/src\/lib\/paraglide\/(?:messages\/\w+|runtime)\.js$/;
const SCRIPT = /^(.*_app\/immutable\/)(.+\.js)$/;

/** The script with this language put in, and what can no longer be reached taken out. */
async function inLanguage(code: string, fileName: string, language: string): Promise<string> {
  const define = { [LANGUAGE]: JSON.stringify(language) };
  const spoken = await transformWithOxc(code, fileName, { define, lang: 'js' });
  return (await minify(fileName, spoken.code, { module: true })).code;
}

/**
 * Copies every script of the pages for each language, with the words of that language alone: `_app/immutable/chunks/x.js` to
 * `_app/immutable/ja/chunks/x.js`. The server's pages name the copies (lib/http/one-language.ts). Languages are changed by loading a page anew.
 */
export function oneLanguageScripts(languages: readonly string[]): Plugin {
  return {
    name: 'one-language-scripts',
    apply: 'build',
    enforce: 'post',
    applyToEnvironment: ({ name }) => name === 'client',
    transform: {
      filter: { id: WORDS },
      handler: (code) => ({
        code: code
          .replace('experimentalStaticLocale = undefined', `experimentalStaticLocale = ${LANGUAGE}`)
          // In its place, so that each piece can be made smaller without knowing the others.
          .replaceAll(/experimentalStaticLocale (\?\?|!==|===)/g, `${LANGUAGE} $1`),
        map: null,
      }),
    },
    generateBundle: {
      order: 'post', // Vite itself still writes into the scripts here
      async handler(_options, bundle) {
        for (const file of Object.values(bundle)) {
          const [, folder, name] = SCRIPT.exec(file.fileName) ?? [];
          if (file.type !== 'chunk' || folder === undefined || name === undefined) continue;
          // One folder further down than what is not copied.
          const code = file.code.replaceAll(/(["'`])\.\.\/(assets|workers)\//g, '$1../../$2/');
          const emit = (language: string, source: string) =>
            this.emitFile({ type: 'asset', fileName: `${folder}${language}/${name}`, source });
          if (code.includes(LANGUAGE)) {
            const spoken = await Promise.all(
              languages.map((language) => inLanguage(code, file.fileName, language)),
            );
            languages.forEach((language, index) => emit(language, spoken[index]!));
          } else {
            for (const language of languages) emit(language, code);
          }
        }
      },
    },
  };
}
