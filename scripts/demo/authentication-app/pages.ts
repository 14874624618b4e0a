import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { TestPerson } from '#lib/server/sign-in/test-cards.ts';
import type { CardUse } from './cards.ts';
import { both, html, NOTHING, page, type Html } from './html.ts';

/** What every page of one visit knows: who asks, and where its forms go. */
export interface Visit {
  /** Who is there, or a signature. */
  readonly use: CardUse;
  readonly service: string;
  readonly host: string;
  /** Path of this visit, without a slash at the end. */
  readonly path: string;
}

/** Japanese, English. */
type Pair = readonly [string, string];

/** What differs between showing who one is and signing. */
interface UseWords {
  readonly service: Pair;
  readonly title: Pair;
  readonly label: Pair;
  readonly form: Pair;
  readonly wrong: Pair;
  readonly submit: Pair;
  readonly maxLength: number;
  readonly inputMode: string;
  readonly sampleOf: (person: TestPerson) => Pair;
}
const WORDS: Readonly<Record<CardUse, UseWords>> = {
  auth: {
    service: ['サインインするサービス', 'You are signing in to'],
    title: ['暗証番号を入れる', 'Type the PIN'],
    label: [
      '利用者証明用電子証明書の暗証番号(数字4桁)',
      'PIN of the authentication certificate (four digits)',
    ],
    form: ['暗証番号は、数字4桁で入れてください。', 'The PIN is four digits.'],
    wrong: ['暗証番号がちがいます。', 'Wrong PIN.'],
    submit: ['認証する', 'Authenticate'],
    maxLength: 4,
    inputMode: 'numeric',
    sampleOf: ({ pin }: TestPerson) => [
      `見本の暗証番号は ${pin} です。`,
      `The PIN of this test card is ${pin}.`,
    ],
  },
  sign: {
    service: ['署名を求めているサービス', 'You are signing a document for'],
    title: ['署名用のパスワードを入れる', 'Type the password to sign'],
    label: [
      '署名用電子証明書のパスワード(英字と数字で6文字から16文字)',
      'Password of the signing certificate (6 to 16 letters and digits)',
    ],
    form: ['パスワードは、英字と数字で6文字から16文字です。', 'The password has 6 to 16 letters and digits.'],
    wrong: ['パスワードがちがいます。', 'Wrong password.'],
    submit: ['署名する', 'Sign'],
    maxLength: 16,
    inputMode: 'text',
    sampleOf: ({ signPassword }: TestPerson) => [
      `見本のパスワードは ${signPassword ?? ''} です。`,
      `The password of this test card is ${signPassword ?? ''}.`,
    ],
  },
};

const asked = ({ use, service, host }: Visit) =>
  html`<p class="asked">${both(...WORDS[use].service)}<strong>${service}</strong><br />${host}</p>`;

const leave = ({ path }: Visit) =>
  html`<form class="leave" method="post" action="${path}/cancel">
    <button type="submit">${both('やめて、もとのサービスにもどる', 'Cancel and go back')}</button>
  </form>`;

export function choosePage(visit: Visit, people: readonly TestPerson[]): string {
  const cards = people.map(
    ({ id, nameJa, nameEn, storyJa, storyEn }) =>
      html`<li>
        <a class="card" href="${visit.path}?card=${id}">
          <b>${nameJa}</b>${both(storyJa, `${nameEn}: ${storyEn}`)}</a
        >
      </li>`,
  );
  return page(
    'カードを選ぶ',
    html`<h1>${both('カードを選ぶ', 'Choose a card')}</h1>
      ${asked(visit)}
      <p>
        ${both('本物のアプリでは、ここでカードを読み取ります。試験用のカードを選んでください。どの人も実在しません。', 'The real app reads your card here. Choose a test card. None of these people exists.')}
      </p>
      <ul>
        ${cards}
      </ul>
      ${leave(visit)}`,
  );
}

export function secretPage(
  visit: Visit,
  person: TestPerson,
  fault: 'form' | { readonly triesLeft: number } | null,
): string {
  const words = WORDS[visit.use];
  const [title] = words.title;
  const message =
    fault === null
      ? NOTHING
      : html`<p class="fault" id="fault" role="alert"><b>${faultWords(visit, fault)}</b></p>`;
  return page(
    fault === null ? title : `エラー: ${title}`,
    html`<h1>${both(...words.title)}</h1>
      ${visit.use === 'sign' ? asked(visit) : NOTHING}
      <p class="asked">${both('選んだカード', 'Chosen card')}<strong>${person.nameJa}</strong></p>
      ${message}
      <form method="post" action="${visit.path}">
        <input type="hidden" name="card" value="${person.id}" />
        <label for="secret">${both(...words.label)}</label>
        <input
          id="secret"
          class="${visit.use}"
          name="secret"
          type="password"
          inputmode="${words.inputMode}"
          autocomplete="off"
          autocapitalize="characters"
          maxlength="${words.maxLength}"
          required
          autofocus
          aria-describedby="${fault === null ? 'hint' : 'fault hint'}"
          ${fault === null ? NOTHING : html` aria-invalid="true"`}
        />
        <p class="hint" id="hint">${both(...words.sampleOf(person))}</p>
        <button class="primary" type="submit">${both(...words.submit)}</button>
      </form>
      <a class="button" href="${visit.path}">${both('別のカードを選ぶ', 'Choose another card')}</a>
      ${leave(visit)}`,
  );
}

function faultWords({ use }: Visit, fault: 'form' | { readonly triesLeft: number }): Html {
  if (fault === 'form') return both(...WORDS[use].form);
  const [japanese, english] = WORDS[use].wrong;
  return both(
    `${japanese}あと${fault.triesLeft}回まちがえると、このカードは使えなくなります。`,
    `${english} The card locks after ${fault.triesLeft} more.`,
  );
}

const REFUSED: Partial<Record<RefusalCode | 'locked', Pair>> = {
  locked: [
    'まちがった暗証番号(パスワード)が続けて入れられたため、このカードは使えなくなりました。本物のカードでは、市区町村の窓口で暗証番号を再設定します。試験用では、デモを始め直すと使えます。',
    'This card is locked after too many wrong tries. A real one is reset at the municipal office; this one when the demo starts anew.',
  ],
  certificate_revoked: [
    'この電子証明書は失効しています。本物のカードでは、市区町村の窓口で確かめられます。',
    'The certificate of this card has been revoked.',
  ],
  certificate_expired: [
    'この電子証明書の有効期限が切れています。本物のカードでは、市区町村の窓口で更新します。',
    'The certificate of this card has expired.',
  ],
};
const REFUSED_OTHERWISE = [
  'このカードの電子証明書は、認証に使えません。',
  'The certificate of this card cannot be used here.',
] as const;

export function refusedPage(visit: Visit, code: RefusalCode | 'locked'): string {
  const [japanese, english] = REFUSED[code] ?? REFUSED_OTHERWISE;
  return page(
    'このカードは使えません',
    html`<h1>${both('このカードは使えません', 'This card cannot be used')}</h1>
      <p class="fault" role="alert">${both(japanese, english)}</p>
      <a class="button primary" href="${visit.path}">${both('別のカードを選ぶ', 'Choose another card')}</a>
      ${leave(visit)}`,
  );
}

/** Without a visit: nothing leads anywhere from here but the browser's own way back. */
export function errorPage(code: string): string {
  return page(
    '認証を続けられません',
    html`<h1>${both('認証を続けられません', 'This cannot go on')}</h1>
      <p class="fault" role="alert">
        ${both('時間がたったか、正しくない呼び出しです。サインインするサービスの画面から、もう一度始めてください。', 'It took too long, or the request was not in order. Please start again from the service.')}
      </p>
      <p class="hint">${code}</p>`,
  );
}
