import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import { NATIONAL_LIBRARY } from '../named-officers.ts';
import type { NamedOfficer } from '../named-officers.ts';
import { NAMED_OFFICERS, type NamedPerson } from '../named-people.ts';
import type { Stack } from './stack.ts';

const ROLES = {
  counterOfficer: '窓口職員 / counter officer',
  supervisor: '窓口職員(監督者)/ supervisor',
  administrator: '管理者 / administrator',
};
/** As long as a licence number, for who is not in the register. */
const NO_NUMBER = ' '.repeat(12);

const placeOf = ({ officeNameJa, commissionCode }: NamedOfficer): string =>
  officeNameJa ??
  [...COMMISSIONS, NATIONAL_LIBRARY].find(({ code }) => code === commissionCode)?.nameJa ??
  commissionCode;

const personLine = ({ pin, nameJa, storyJa, register }: NamedPerson): string =>
  `    ${pin}  ${register?.licenceNumber ?? NO_NUMBER}  ${nameJa}  ${storyJa}`;

function officerLine({ id, name, role, isSupervisor, url }: Stack['officers'][number]): string {
  const named = NAMED_OFFICERS.find((officer) => officer.id === id);
  const words = ROLES[isSupervisor ? 'supervisor' : role];
  return `    ${name}(${words})${named ? placeOf(named) : ''}\n      ${url}`;
}

/** What a person who has started the demo needs to go in: where, with which cards, and by which invitations. */
export function addressLines(
  {
    origin,
    officers,
    authenticationAppIssuer,
    cardHost,
  }: Pick<Stack, 'origin' | 'officers' | 'authenticationAppIssuer' | 'cardHost'>,
  people: readonly NamedPerson[],
): string[] {
  return [
    '',
    `  受講者 / learners       ${origin}/sign-in`,
    '',
    '  試験用カード: 暗証番号、窓口で探すときの免許証番号 / test cards: PIN, licence number for the counter',
    ...people.map(personLine),
    '',
    '  デジタル認証アプリ(試験用)/ authentication app for trials',
    `    ${authenticationAppIssuer}`,
    '',
    `  カードリーダー / card reader  ${cardHost.origin}`,
    '    ブラウザーが警告します。次の認証局を入れると、出なくなります(docs/card-host.md)。',
    '    The browser warns unless you install this authority (docs/card-host.md):',
    `      ${cardHost.authorityFile}`,
    '    カードの代わりに入れる証明書(パスワードは暗証番号)/ instead of a card (password: the PIN):',
    `      ${cardHost.cardsDir}/hanako.p12`,
    '',
    `  職員 / officers         ${origin}/officer/sign-in`,
    '  はじめは、次の招待リンクでパスキーを登録します / register a passkey first:',
    ...officers.map(officerLine),
    '    パスキーを作れない端末では、Chrome の開発者ツールの「WebAuthn」で仮想の認証器を加えます。',
    '    No passkeys on this machine? In Chrome, open the developer tools, then “WebAuthn”, and add a virtual',
    '    authenticator (ctap2, internal, resident keys, user verification).',
    '',
    '  はじめて動かしたときは、講習ができるまでの数分、受講を始められません。',
    '  After the first start it takes some minutes until a lecture can be begun.',
    '',
  ];
}
