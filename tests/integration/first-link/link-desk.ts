import { PassThrough } from 'node:stream';
import { randomBytes } from 'node:crypto';
import { pino } from 'pino';
import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import type { App } from '#lib/server/app.ts';
import {
  approveFirstLink,
  ApproveFirstLink,
  declineFirstLink,
  DeclineFirstLink,
} from '#lib/server/first-link/decide-first-link.ts';
import { getFirstLink, type FirstLinkView } from '#lib/server/first-link/get-first-link.ts';
import { BareSignature, signFirstLink } from '#lib/server/first-link/sign-first-link.ts';
import { answerCardChallenge } from '#lib/server/sign-in/answer-card-challenge.ts';
import { enter } from '#lib/server/sign-in/enter.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { openCardChallenge } from '#lib/server/sign-in/open-card-challenge.ts';
import type { Proof } from '#lib/server/sign-in/proof.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import { certifiedInformation } from '../../../scripts/seed/named-cards.ts';
import { otherNamesOf } from '../../../scripts/test-ca/other-names.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp } from '../../support/test-app.ts';
import { signingCard } from '../certificates/signing-card.ts';
import { makePki, writeTrust, type CardOptions } from '../certificates/test-pki.ts';
import { sign, spkiSha256Of, type Card } from '../sign-in/signed-card.ts';

export const NOW = '2026-11-22T03:00:00Z';
export type OpenLink = Extract<FirstLinkView, { state: 'open' }>;

/** A card whose number one knows. */
export interface NumberedCard extends Card {
  readonly serial: string;
}

export const newBrowser = () => randomBytes(32).toString('base64url');
export const contextOf = (browserToken: string) => ({
  browserToken,
  userAgent: 'Test',
  requestId: 'request-1',
});

/** The service with the named people in its register, cards of both kinds for whom one likes, and officers; what it logs is kept. */
export async function openLinkDesk() {
  const pki = await makePki();
  const folders = await writeTrust(pki);
  const test = await makeTestApp({ now: NOW, env: { TRUST_DIR: folders.trustDir, CRL_DIR: folders.crlDir } });
  const logged: string[] = [];
  const stream = new PassThrough();
  stream.on('data', (chunk: Buffer) => logged.push(chunk.toString()));
  const app: App = { ...test.app, log: pino({ level: 'trace', base: null }, stream) };
  const { driverIds } = await seedTestPeople(app);
  const mori = await signedInOfficer(app, '森 和子');
  const hayashi = await signedInOfficer(app, '林 修一', 'tokyo');
  let serial = 0x1000;

  const newSerial = () => (serial++).toString(16);
  const newCard = async (options: CardOptions = {}): Promise<NumberedCard> => {
    const own = options.serial ?? newSerial();
    return { serial: own, der: await pki.card({ ...options, serial: own }), privateKey: pki.keys.privateKey };
  };
  /** Signs in with the card; where that leads. */
  const signIn = async (card: Card, browser: string) => {
    const { challengeId, text } = await openCardChallenge(app, { browserToken: browser });
    const signature = await sign(card, text);
    const certificate = card.der.toString('base64');
    return answerCardChallenge(app, contextOf(browser), { challengeId, certificate, signature });
  };
  const view = (browser: string) => getFirstLink(app, { browserToken: browser });
  const openView = async (browser: string): Promise<OpenLink> => {
    const link = await view(browser);
    if (link?.state !== 'open') throw new Error(`the first link is ${link?.state}`);
    return link;
  };
  /** What the person's signing certificate says. */
  const four = (id: string, changes: Partial<FourInformation> = {}): FourInformation => {
    const person = namedPeople(tokyoDate(new Date(NOW))).find((one) => one.id === id)!;
    const signing = person.signing ?? { password: '', sex: 'unknown' as const };
    const { birthDate, address } = person.register ?? { birthDate: null, address: '' };
    return { ...certifiedInformation({ ...person, signing }, { birthDate, address }), ...changes };
  };
  const signingDer = (information: FourInformation, options: CardOptions = {}) =>
    signingCard(pki, otherNamesOf(information), { serial: newSerial(), ...options });

  return {
    ...{ app, pki, folders, test, logged, driverIds, mori, hayashi },
    ...{ newCard, newSerial, signIn, view, openView, four, signingDer },
    clock: test.clock,
    driverId: (id: string) => driverIds.get(id)!,
    close: async () => {
      await test.close();
      folders.remove();
    },

    /** A new card, presented in a new browser: at its first link. */
    async arrive(card?: NumberedCard, browser = newBrowser()) {
      const own = card ?? (await newCard());
      const entrance = await signIn(own, browser);
      if (entrance.kind !== 'firstLink') throw new Error('the card is linked already');
      return { card: own, browser, link: await openView(browser) };
    },
    /** By the app instead of a card. */
    async arriveByApp(subject: string, browser = newBrowser()) {
      const identity = { kind: 'oidc', issuer: 'https://op.example', subject } as const;
      await enter(app, contextOf(browser), { method: 'oidc', identity, evidence: {} });
      return { browser, link: await openView(browser) };
    },
    /** Signs the document (or what `alter` makes of it) with a signing certificate of that holder. */
    async answer(
      link: Pick<OpenLink, 'id' | 'nonce' | 'document'>,
      information: FourInformation,
      {
        alter = (text: string) => text,
        card = {} as CardOptions,
        der = undefined as Buffer | undefined,
      } = {},
    ) {
      const holder = { der: der ?? (await signingDer(information, card)), privateKey: pki.keys.privateKey };
      return BareSignature.parse({
        ...{ id: link.id, nonce: link.nonce, certificate: holder.der.toString('base64') },
        signature: await sign(holder, alter(link.document)),
      });
    },
    hand: (browser: string, answer: Parameters<typeof signFirstLink>[2]) =>
      signFirstLink(app, contextOf(browser), answer),

    approve: (receiptNumber: string, driverId: string, officer: CounterOfficer = mori, note = '') =>
      approveFirstLink(
        app,
        officer,
        ApproveFirstLink.parse({ receiptNumber, driverId, isSamePerson: 'yes', note }),
      ),
    decline: (receiptNumber: string, changes: object = { reason: 'anotherPerson' }, officer = mori) =>
      declineFirstLink(app, officer, DeclineFirstLink.parse({ receiptNumber, ...changes })),

    async credentialsOf(id: string) {
      const rows = await app.db
        .selectFrom('credential')
        .where('driverId', '=', driverIds.get(id)!)
        .orderBy('serial')
        .select(['kind', 'serial', 'subject', 'replacedAt'])
        .execute();
      return rows.map(({ kind, serial: number, subject, replacedAt }) => ({
        ...{ kind, key: number ?? subject },
        isReplaced: replacedAt !== null,
      }));
    },
    spki: () => spkiSha256Of(pki.keys.publicKey),
    enterWith: (proof: Proof, browser: string) => enter(app, contextOf(browser), proof),
    async linkTo(id: string, number: string) {
      await linkCredential(app, 'system', {
        driverId: driverIds.get(id)!,
        identity: {
          ...({ kind: 'certificate', anchorId: 'auth-1', serial: number } as const),
          spkiSha256: await spkiSha256Of(pki.keys.publicKey),
        },
      });
    },
  };
}

export type LinkDesk = Awaited<ReturnType<typeof openLinkDesk>>;
