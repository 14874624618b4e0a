import { STYLE } from './style.ts';

/** Text that is HTML already. */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}
type Part = Html | string | number | readonly Html[];

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};
const escape = (text: string) => text.replaceAll(/[&<>"']/g, (sign) => ENTITIES[sign] ?? '');

function textOf(part: Part): string {
  if (part instanceof Html) return part.text;
  return typeof part === 'object' ? part.map(({ text }) => text).join('') : escape(String(part));
}

/** HTML in which every value is escaped, unless it is HTML itself. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  return new Html(
    strings.map((string, index) => string + (index < parts.length ? textOf(parts[index]!) : '')).join(''),
  );
}

export const NOTHING = html``;
// In one piece: the policy knows its hash, to the last space.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);
/** Japanese first, English beneath. */
export const both = (japanese: Part, english: Part) => html`${japanese} <span lang="en">${english}</span>`;

/** A whole page of the app. */
export function page(title: string, content: Html): string {
  return html`<!doctype html>
    <html lang="ja">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | デジタル認証アプリ(試験用)</title>
        <link rel="icon" href="data:," />
        ${STYLE_ELEMENT}
      </head>
      <body>
        <div class="phone">
          <header><p>${both('デジタル認証アプリ(試験用)', 'Authentication app (for trials)')}</p></header>
          <p class="trial">
            ${both('本物のアプリではありません。本物のカードの暗証番号を入れないでください。', 'Not the real app. Never type the PIN of a real card here.')}
          </p>
          <main>${content}</main>
        </div>
      </body>
    </html> `.text;
}
