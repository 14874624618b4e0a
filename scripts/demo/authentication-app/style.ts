import { createHash } from 'node:crypto';

/** One style for all pages, in the page itself: nothing is loaded. */
export const STYLE = `
:root { color-scheme: light; --ink: #1a1a1c; --soft: #4d4d51; --line: #949497; --main: #00118f; --ground: #e8f1fe; --bad: #a90000 }
* { box-sizing: border-box }
body { margin: 0; background: #d8d8db; color: var(--ink); line-height: 1.7;
  font: 1.0625rem/1.7 'Noto Sans JP', 'Noto Sans CJK JP', 'Hiragino Sans', 'Yu Gothic', Meiryo, system-ui, sans-serif }
.phone { max-width: 26.5rem; min-height: 100dvh; margin: 0 auto; background: #fff; display: flex; flex-direction: column }
header { background: var(--main); color: #fff; padding: 1rem 1.25rem }
header p { margin: 0; font-weight: 700; font-size: 1.125rem }
.trial { background: #ffd43d; color: #000; margin: 0; padding: .25rem 1.25rem; font-weight: 700; font-size: 1rem }
main { flex: 1; padding: 1.5rem 1.25rem 2.5rem }
h1 { font-size: 1.5rem; line-height: 1.4; margin: 0 0 .25rem }
[lang=en] { display: block; font-size: .9375rem; color: var(--soft); line-height: 1.5; font-weight: 400 }
header [lang=en], .primary [lang=en] { color: #fff }
.trial [lang=en] { color: #000 }
p { margin: .75rem 0 }
.asked { background: var(--ground); border-radius: .75rem; padding: .75rem 1rem; margin: 1rem 0 }
.asked strong { font-size: 1.125rem; overflow-wrap: anywhere }
ul { list-style: none; margin: 1.25rem 0; padding: 0; display: grid; gap: .75rem }
.card { display: block; border: 2px solid var(--line); border-radius: .75rem; padding: .75rem 1rem; color: inherit; text-decoration: none }
.card:hover { border-color: var(--main); background: var(--ground) }
.card b { display: block; font-size: 1.125rem; color: var(--main); text-decoration: underline; text-underline-offset: .25rem }
label { display: block; font-weight: 700; margin-top: 1.25rem }
input { display: block; width: 100%; height: 4rem; margin: .5rem 0; border: 2px solid var(--soft); border-radius: .5rem;
  font: inherit; font-size: 1.5rem; letter-spacing: .1em; padding: 0 1rem; background: #fff; color: inherit }
input.auth { width: 11rem; font-size: 1.875rem; letter-spacing: .4em; text-align: center }
input[aria-invalid] { border-color: var(--bad) }
.hint { margin: 0; color: var(--soft) }
.fault { border: 2px solid var(--bad); border-left-width: .625rem; border-radius: .5rem; padding: .75rem 1rem; margin: 1rem 0 }
.fault b { color: var(--bad) }
form { margin: 0 }
button, .button { display: block; width: 100%; min-height: 3.5rem; margin-top: 1rem; padding: .5rem 1rem; border-radius: .5rem; font: inherit;
  font-weight: 700; font-size: 1.125rem; text-align: center; text-decoration: none; cursor: pointer; border: 2px solid var(--main);
  background: #fff; color: var(--main) }
.primary { background: var(--main); color: #fff }
button:hover, .button:hover { text-decoration: underline }
:focus-visible { outline: 4px solid #000; outline-offset: 3px; box-shadow: 0 0 0 3px #ffd43d }
.leave { border-top: 1px solid #ccc; margin-top: 2rem; padding-top: .5rem }
`;

const STYLE_SHA256 = createHash('sha256').update(STYLE).digest('base64');

/** Nothing but this style, and forms that lead here or, in the end, to `origins`: browsers ask that of redirects too. */
export function pageHeaders(origins: readonly string[]): Record<string, string> {
  const policy = [
    "default-src 'none'",
    `style-src 'sha256-${STYLE_SHA256}'`,
    'img-src data:',
    `form-action ${["'self'", ...origins].join(' ')}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return {
    'content-security-policy': policy.join('; '),
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
  };
}
