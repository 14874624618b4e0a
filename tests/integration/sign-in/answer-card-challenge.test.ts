import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createHash } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '#lib/server/app.ts';
import { answerCardChallenge, CardAnswer } from '#lib/server/sign-in/answer-card-challenge.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { openCardChallenge } from '#lib/server/sign-in/open-card-challenge.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { issueCrl } from '../../../scripts/test-ca/issue.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import {
  CRL_NOW,
  day,
  expectRefusal,
  makePki,
  writeTrust,
  type Pki,
  type TrustFolders,
} from '../certificates/test-pki.ts';
import { answerWith, BROWSER, CONTEXT, sign, spkiSha256Of, type Card } from './signed-card.ts';

let pki: Pki;
let folders: TrustFolders;
let test: TestApp;
let app: App;
let driverId: string;
let hanako: Card;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  test = await makeTestApp({ env: { TRUST_DIR: folders.trustDir, CRL_DIR: folders.crlDir } });
  app = test.app;
  const { driverIds } = await seedTestPeople(app);
  driverId = [...driverIds.values()][0]!;
  hanako = { der: await pki.card({ serial: '0a11' }), privateKey: pki.keys.privateKey };
  await link('auth-1', '0a11', pki.keys.publicKey);
});
afterAll(async () => {
  await test.close();
  folders.remove();
});

const link = async (anchorId: string, serial: string, key: CryptoKey) =>
  linkCredential(app, 'system', {
    driverId,
    identity: { kind: 'certificate', anchorId, serial, spkiSha256: await spkiSha256Of(key) },
  });
const answer = (input: CardAnswer, context = CONTEXT) => answerCardChallenge(app, context, input);

/** The session of somebody who is let in. */
async function letIn(input: CardAnswer) {
  const entrance = await answer(input);
  if (entrance.kind !== 'session') throw new Error('was not let in');
  return entrance;
}

/** No session and no account: the card is on its way to a first link. */
async function expectFirstLink(input: CardAnswer) {
  const before = await app.db.selectFrom('session').select('idSha256').execute();
  expect(await answer(input)).toEqual({
    kind: 'firstLink',
    id: expect.any(String),
    expiresAt: expect.any(Date),
  });
  expect(await app.db.selectFrom('session').select('idSha256').execute()).toEqual(before);
}

describe('signing in with a card', () => {
  it('begins a session for the driver whom the card is linked to, and writes it down', async () => {
    const { token } = await letIn(await answerWith(app, hanako));
    expect(await findActor(app, token)).toMatchObject({ kind: 'learner', driverId });
    const events = await test.app.pool.query(
      `select actor_kind, detail from audit_event where what = 'session.begun'`,
    );
    expect(events.rows).toEqual([
      {
        actor_kind: 'learner',
        detail: {
          method: 'challenge',
          anchor: 'auth-1',
          revocationSource: 'crl',
          revocationAsOf: '2026-11-21T00:00:00.000Z',
        },
      },
    ]);
  });

  it('begins another session each time', async () => {
    const first = await letIn(await answerWith(app, hanako));
    const second = await letIn(await answerWith(app, hanako));
    expect(second.token).not.toBe(first.token);
  });

  it('takes the signature of a card on P-384', async () => {
    const card = {
      der: await pki.card({ authority: pki.p384, serial: '0b22', keys: pki.p384Keys }),
      privateKey: pki.p384Keys.privateKey,
    };
    await link('auth-p384', '0b22', pki.p384Keys.publicKey);
    await expect(answer(await answerWith(app, card))).resolves.toHaveProperty('token');
  });

  it('asks for a signature under a text that names site, purpose, browser and time', async () => {
    const { text } = await openCardChallenge(app, { browserToken: BROWSER });
    expect(text).toContain('オンライン更新時講習へのサインイン');
    expect(text).toContain('origin: http://localhost:3000\npurpose: cardSignIn\n');
    expect(text).toContain(`browser: ${createHash('sha256').update(BROWSER).digest('hex')}\n`);
    expect(text).toContain('expires: 2026-11-22T03:02:00.000Z\n');
  });
});

describe('a challenge', () => {
  it('is spent by the first answer', async () => {
    const input = await answerWith(app, hanako);
    await answer(input);
    await expectRefusal(answer(input), 'challenge_used');
  });

  it('is spent by a wrong answer too', async () => {
    const input = await answerWith(app, hanako);
    await expectRefusal(answer({ ...input, signature: 'AAAA' }), 'signature_invalid');
    await expectRefusal(answer(input), 'challenge_used');
  });

  it('gives one session to two who answer it at once', async () => {
    const input = await answerWith(app, hanako);
    const outcomes = await Promise.allSettled([answer(input), answer(input), answer(input)]);
    expect(outcomes.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is of no use in another browser', async () => {
    const other = { ...CONTEXT, browserToken: 'b'.repeat(43) };
    await expectRefusal(answer(await answerWith(app, hanako), other), 'challenge_other_browser');
  });

  it('is of no use after two minutes', async () => {
    const input = await answerWith(app, hanako);
    test.clock.advance(LIMITS.challengeTtlMs + 1);
    await expectRefusal(answer(input), 'challenge_expired');
  });

  it('must be one of ours', async () => {
    const input = await answerWith(app, hanako);
    const challengeId = '00000000-0000-4000-8000-000000000000';
    await expectRefusal(answer({ ...input, challengeId }), 'challenge_unknown');
  });

  it('must be one for cards', async () => {
    const input = await answerWith(app, hanako);
    await test.app.pool.query(`update challenge set purpose = 'passkeySignIn' where id = $1`, [
      input.challengeId,
    ]);
    await expectRefusal(answer(input), 'challenge_unknown');
  });
});

describe('a signature', () => {
  it('must be over the very text', async () => {
    const input = await answerWith(app, hanako, (text) => text.replace('localhost', 'l0calhost'));
    await expectRefusal(answer(input), 'signature_invalid');
  });

  it('over another challenge does not count', async () => {
    const [one, other] = [await answerWith(app, hanako), await answerWith(app, hanako)];
    await expectRefusal(answer({ ...one, signature: other.signature }), 'signature_invalid');
  });

  it('must be of the key in the certificate', async () => {
    const thief = { der: hanako.der, privateKey: pki.otherKeys.privateKey };
    await expectRefusal(answer(await answerWith(app, thief)), 'signature_invalid');
  });

  it('of no length, or of another kind, is none', async () => {
    const { challengeId, text } = await openCardChallenge(app, { browserToken: BROWSER });
    const signature = await sign({ der: hanako.der, privateKey: pki.p384Keys.privateKey }, text);
    const input = { challengeId, certificate: hanako.der.toString('base64'), signature };
    await expectRefusal(answer(input), 'signature_invalid');
    expect(CardAnswer.safeParse({ ...input, signature: '' }).success).toBe(false);
  });
});

describe('a card that does not get in', () => {
  it('is one that is linked to nobody: no account is made', async () => {
    const stranger = { der: await pki.card({ serial: '0c33' }), privateKey: pki.keys.privateKey };
    await expectFirstLink(await answerWith(app, stranger));
  });

  it('is one with a linked serial number and another key', async () => {
    const odd = {
      der: await pki.card({ serial: '0a11', keys: pki.otherKeys }),
      privateKey: pki.otherKeys.privateKey,
    };
    await expectFirstLink(await answerWith(app, odd));
  });

  it('is one of another generation with the same serial number', async () => {
    const der = await pki.card({ serial: '0a11', authority: pki.second });
    await expectFirstLink(await answerWith(app, { ...hanako, der }));
  });

  it('is one by a foreign authority with the same names, serial number and key', async () => {
    const der = await pki.card({ serial: '0a11', authority: pki.rogue, claims: pki.first });
    await expectRefusal(answer(await answerWith(app, { ...hanako, der })), 'certificate_untrusted');
  });

  it('is one that was replaced', async () => {
    const der = await pki.card({ serial: '0d44' });
    const id = await link('auth-1', '0d44', pki.keys.publicKey);
    await test.app.pool.query('update credential set replaced_at = now() where id = $1', [id]);
    await expectFirstLink(await answerWith(app, { ...hanako, der }));
  });

  it('is one that was reported lost since the last time', async () => {
    const der = await pki.card({ serial: '0e55' });
    await link('auth-1', '0e55', pki.keys.publicKey);
    await expect(answer(await answerWith(app, { ...hanako, der }))).resolves.toBeDefined();
    const revoked = [{ serial: '0e55', at: day('2026-11-22') }];
    folders.writeCrl('auth-1.crl', await issueCrl(pki.first, { ...CRL_NOW, revoked }));
    await expectRefusal(answer(await answerWith(app, { ...hanako, der })), 'certificate_revoked');
  });
});

describe('linking', () => {
  it('the same card to the same driver again changes nothing', async () => {
    const first = await link('auth-1', '0f66', pki.keys.publicKey);
    expect(await link('auth-1', '0f66', pki.keys.publicKey)).toBe(first);
  });

  it("somebody else's card is refused", async () => {
    const others = await app.pool.query<{ id: string }>('select id from driver where id <> $1 limit 1', [
      driverId,
    ]);
    const spkiSha256 = await spkiSha256Of(pki.keys.publicKey);
    const identity = { kind: 'certificate', anchorId: 'auth-1', serial: '0a11', spkiSha256 } as const;
    const stolen = { driverId: others.rows[0]!.id, identity };
    await expectRefusal(linkCredential(app, 'system', stolen), 'not_allowed');
  });
});
