import { createHash } from 'node:crypto';
import { m } from '#lib/paraglide/messages.js';

const STYLE =
  'body{margin:0;padding:1.5rem;font:1.125rem/1.8 "Noto Sans JP",system-ui,sans-serif;color:#1a1a1a;word-break:auto-phrase}' +
  'header{border-bottom:1px solid #ccc;font-weight:bold;padding-bottom:1rem}' +
  'main{max-width:40rem;margin:2rem auto}h1{font-size:1.75rem;line-height:1.5}h2{font-size:1.25rem;margin-top:3rem}' +
  'a{display:inline-block;padding:.75rem 1.5rem;border-radius:.5rem}' +
  'a{background:#0017c1;color:#fff;font-weight:bold;text-decoration:none}' +
  'a:focus-visible{outline:4px solid #000;outline-offset:2px}';

/** Nothing may be loaded, framed, or sent from here; the one style is ours. */
export const PAGE_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Why a learner cannot be sent back with an answer: his request is none of ours any more, or something is broken here. */
export type PageKind = 'request_over' | 'fault';

const WORDS = {
  request_over: { title: m.card_host_request_over_title, text: m.card_host_request_over },
  fault: { title: m.card_host_fault_title, text: m.card_host_fault },
};

/** The only page that the card host has: in both languages, for it knows no cookie that says which. */
export function cardHostPage(kind: PageKind, origin: string): string {
  const { title, text } = WORDS[kind];
  const part = (locale: 'ja' | 'en', level: 'h1' | 'h2') =>
    `<section lang="${locale}"><${level}>${title({}, { locale })}</${level}><p>${text({}, { locale })}</p>` +
    `<p><a href="${origin}/sign-in">${m.card_host_back({}, { locale })}</a></p></section>`;
  return (
    `<!doctype html><html lang="ja"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">` +
    `<title>${title({}, { locale: 'ja' })}</title><style>${STYLE}</style></head>` +
    `<body><header>${m.service_name({}, { locale: 'ja' })}</header><main>${part('ja', 'h1')}${part('en', 'h2')}</main></body></html>`
  );
}
