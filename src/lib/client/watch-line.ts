import { PageLine, type LineWords } from './page-line.ts';

/**
 * Runs on every page, on most of them alone: says when the line is away, and keeps a form from being sent into nothing, for what was chosen
 * and written would be gone behind the browser's own error page. components/LineBanner.svelte has the words.
 */

/** A line that lets nobody wait longer than this for a few bytes would not take a form either. */
const GIVEN_UP_MS = 8_000;

const isThere = () =>
  fetch('/favicon.svg', {
    method: 'HEAD',
    cache: 'no-store',
    signal: AbortSignal.timeout(GIVEN_UP_MS),
  }).then(
    () => true,
    () => false,
  );

/** The script that the page was to be brought to life by went with the line; once it is back nobody should have to find that out. */
const isLifeless = () => document.querySelector('[data-chapter]') !== null;

function tell(words: LineWords | null): void {
  if (words === 'back' && isLifeless()) return location.reload();
  const template = document.querySelector<HTMLTemplateElement>(`[data-line-words="${words}"]`);
  const said = template ? [template.content.cloneNode(true)] : [];
  document.querySelector('[data-line]')?.replaceChildren(...said);
}

const line = new PageLine({ isThere, tell });
const compare = () => (navigator.onLine ? void line.look() : line.lose());
addEventListener('offline', () => line.lose());
addEventListener('online', compare);
// Also a page that comes back out of the browser's memory, or opens in a tunnel, out of what the browser kept.
addEventListener('pageshow', compare);
compare();

let isPassing = false;

const isPost = ({ target, submitter }: SubmitEvent) =>
  target instanceof HTMLFormElement &&
  (submitter?.getAttribute('formmethod') ?? target.getAttribute('method'))?.toLowerCase() === 'post';

/** Sends it when it arrives, by the same button. */
async function hold(event: SubmitEvent): Promise<void> {
  const { target, submitter } = event;
  event.preventDefault();
  event.stopImmediatePropagation();
  if (!(await line.canSend())) {
    // To be pressed again, and not behind the words that say so.
    submitter?.scrollIntoView({ block: 'nearest' });
    return;
  }
  isPassing = true;
  try {
    (target as HTMLFormElement).requestSubmit(submitter);
  } finally {
    isPassing = false;
  }
}

// Before any script of the page begins to send. What a script submits (no button) it has already told as begun: it fails by itself.
document.addEventListener(
  'submit',
  (event) => {
    if (!isPassing && line.isAway && event.submitter && isPost(event)) void hold(event);
  },
  { capture: true },
);
/** A bare button, such as signing out, has nothing to lose and goes at once. */
const holdsWork = ({ target }: SubmitEvent) =>
  (target as HTMLFormElement).querySelector('textarea, select, input:not([type=hidden])') !== null;

// What the browser itself would send, whatever it believes of the line. Scripts that send tell of failures themselves.
document.addEventListener('submit', (event) => {
  if (!isPassing && !event.defaultPrevented && isPost(event) && holdsWork(event)) void hold(event);
});
