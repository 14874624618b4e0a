import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '#lib/server/app.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { endSession, endSessionsOf } from '#lib/server/sessions/end-session.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let app: App;
let driverId: string;
let credentialId: string;
let officerId: string;
let administratorId: string;

beforeAll(async () => {
  test = await makeTestApp();
  app = test.app;
  const { driverIds } = await seedTestPeople(app);
  driverId = [...driverIds.values()][0]!;
  credentialId = await linkCard();
  [officerId, administratorId] = await Promise.all([
    insertOfficer('counterOfficer'),
    insertOfficer('administrator'),
  ]);
});
afterAll(() => test.close());

const linkCard = () =>
  linkCredential(app, 'system', {
    driverId,
    identity: {
      kind: 'certificate',
      anchorId: 'auth-1',
      serial: randomBytes(8).toString('hex'),
      spkiSha256: randomBytes(32),
    },
  });

async function insertOfficer(role: string): Promise<string> {
  const { rows } = await app.pool.query<{ id: string }>(
    `insert into officer (role, name, commission_code, office_id)
     select $1, '見本', commission_code, id from office limit 1 returning id`,
    [role],
  );
  return rows[0]!.id;
}

const learnerSession = () =>
  createSession(app, {
    personKind: 'learner',
    method: 'challenge',
    personId: driverId,
    credentialId,
    userAgent: 'Test',
  });
const officerSession = (personId: string) =>
  createSession(app, {
    personKind: 'officer',
    method: 'passkey',
    personId,
    credentialId: null,
    userAgent: 'Test',
  });

describe('a session', () => {
  it('tells who the learner is and with which card he came', async () => {
    const { token } = await learnerSession();
    expect(await findActor(app, token)).toMatchObject({ kind: 'learner', driverId, credentialId });
  });

  it('tells officers and administrators apart', async () => {
    const officer = await officerSession(officerId);
    expect(await findActor(app, officer.token)).toMatchObject({
      kind: 'counterOfficer',
      officerId,
      name: '見本',
    });
    const administrator = await officerSession(administratorId);
    expect(await findActor(app, administrator.token)).toMatchObject({ kind: 'administrator' });
  });

  it('is of no use to somebody who reads the database', async () => {
    const { token } = await learnerSession();
    const { rows } = await app.pool.query<{ id_sha256: string }>('select id_sha256 from session');
    for (const { id_sha256: stolen } of rows) {
      expect(stolen).not.toBe(token);
      expect(await findActor(app, stolen)).toBeNull();
      expect(await findActor(app, stolen.slice(0, 40))).toBeNull();
    }
  });

  it.each(['', 'x', 'a'.repeat(40), "' or 1=1 --", '\u0000'.repeat(40), 'a'.repeat(100_000)])(
    'is not had by guessing (%#)',
    async (token) => expect(await findActor(app, token)).toBeNull(),
  );

  it('ends when the person says so, and only that one', async () => {
    const [phone, library] = [await learnerSession(), await learnerSession()];
    await endSession(app, library.token);
    expect(await findActor(app, library.token)).toBeNull();
    expect(await findActor(app, phone.token)).not.toBeNull();
  });

  it('ends on every device when all are ended', async () => {
    const sessions = [await learnerSession(), await learnerSession()];
    const officer = await officerSession(officerId);
    await endSessionsOf(app, 'learner', driverId);
    for (const { token } of sessions) expect(await findActor(app, token)).toBeNull();
    expect(await findActor(app, officer.token)).not.toBeNull();
  });

  it('ends when the officer is disabled', async () => {
    const id = await insertOfficer('counterOfficer');
    const { token } = await officerSession(id);
    await app.pool.query('update officer set disabled_at = now() where id = $1', [id]);
    expect(await findActor(app, token)).toBeNull();
  });

  it('ends when the card is replaced', async () => {
    const card = await linkCard();
    const { token } = await createSession(app, {
      personKind: 'learner',
      method: 'challenge',
      personId: driverId,
      credentialId: card,
      userAgent: '',
    });
    await app.pool.query('update credential set replaced_at = now() where id = $1', [card]);
    expect(await findActor(app, token)).toBeNull();
  });

  it('ends when the card is revoked', async () => {
    const card = await linkCard();
    const { token } = await createSession(app, {
      personKind: 'learner',
      method: 'tls',
      personId: driverId,
      credentialId: card,
      userAgent: '',
    });
    await app.pool.query('update credential set revoked_at = now() where id = $1', [card]);
    expect(await findActor(app, token)).toBeNull();
  });

  it('is nobody when its person or card does not fit', async () => {
    const unknownOfficer = await officerSession(randomUUID());
    expect(await findActor(app, unknownOfficer.token)).toBeNull();
    const otherDriver = {
      personKind: 'learner',
      method: 'challenge',
      personId: randomUUID(),
      credentialId,
      userAgent: '',
    } as const;
    expect(await findActor(app, (await createSession(app, otherDriver)).token)).toBeNull();
    const withoutCard = {
      personKind: 'learner',
      method: 'challenge',
      personId: driverId,
      credentialId: null,
      userAgent: '',
    } as const;
    expect(await findActor(app, (await createSession(app, withoutCard)).token)).toBeNull();
  });

  it('that is over is taken away when the next one begins', async () => {
    await learnerSession();
    const begun = app.clock.now();
    test.clock.advance(LIMITS.sessionTtlMs + LIMITS.sessionLectureExtensionMs + 1);
    await learnerSession();
    const { rows } = await app.pool.query<{ count: number }>('select count(*)::int as count from session');
    expect(rows[0]?.count).toBe(1);
    test.clock.set(begun);
  });
});
