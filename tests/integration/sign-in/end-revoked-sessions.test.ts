import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { enqueue } from '#lib/server/jobs/enqueue.ts';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { SCHEDULE } from '#lib/server/jobs/tasks.ts';
import { answerCardChallenge } from '#lib/server/sign-in/answer-card-challenge.ts';
import { endRevokedSessions } from '#lib/server/sign-in/end-revoked-sessions.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { issueCrl } from '../../../scripts/test-ca/issue.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';
import {
  CRL_NOW,
  day,
  expectRefusal,
  makePki,
  writeTrust,
  type Pki,
  type TrustFolders,
} from '../certificates/test-pki.ts';
import { answerWith, CONTEXT, spkiSha256Of } from './signed-card.ts';

let pki: Pki;
let folders: TrustFolders;
let test: TestApp;
let app: App;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let nextSerial = 0x1000;

beforeAll(async () => {
  pki = await makePki();
  folders = await writeTrust(pki);
  test = await makeTestApp({ env: { TRUST_DIR: folders.trustDir, CRL_DIR: folders.crlDir } });
  app = test.app;
  people = await seedTestPeople(app);
  lecture = await publishLecture(app, [60_000, 60_000]);
});
afterAll(async () => {
  await test.close();
  folders.remove();
});
beforeEach(() => publish([]));

let listCount = 0;
/** The authority's next list, a second later, renamed over the one before. */
async function publish(serials: readonly string[]): Promise<void> {
  const thisUpdate = new Date(CRL_NOW.thisUpdate.getTime() + 1_000 * (listCount += 1));
  const revoked = serials.map((serial) => ({ serial, at: day('2026-11-22') }));
  folders.writeCrl('auth-1.crl', await issueCrl(pki.first, { ...CRL_NOW, thisUpdate, revoked }));
}

/** A card of this person, linked; `signIn` presents it. */
async function giveCard(driverId: string) {
  const serial = (nextSerial += 1).toString(16);
  const card = { der: await pki.card({ serial }), privateKey: pki.keys.privateKey };
  const spkiSha256 = await spkiSha256Of(pki.keys.publicKey);
  const identity = { kind: 'certificate', anchorId: 'auth-1', serial, spkiSha256 } as const;
  const credentialId = await linkCredential(app, 'system', { driverId, identity });
  const signIn = async () => {
    const entrance = await answerCardChallenge(app, CONTEXT, await answerWith(app, card));
    if (entrance.kind !== 'session') throw new Error('the card is linked');
    return entrance.token;
  };
  return { serial, credentialId, signIn };
}

const round = (signal = new AbortController().signal) => endRevokedSessions(app, {}, { signal });
const who = async (token: string) => (await findActor(app, token)) as Learner | null;

async function auditOf(credentialId: string): Promise<string[]> {
  const { rows } = await app.pool.query<{ what: string }>(
    `select what from audit_event where subject_id = $1 and what like 'credential.%' order by id`,
    [credentialId],
  );
  return rows.map(({ what }) => what);
}

async function viewingsOf(driverId: string) {
  const { rows } = await app.pool.query<{ close_reason: string | null }>(
    'select close_reason from viewing where driver_id = $1 order by opened_at',
    [driverId],
  );
  return rows.map(({ close_reason: reason }) => reason);
}

describe('a card that is reported lost while it is in use', () => {
  it('loses its sessions when the next list names it, and only that card', async () => {
    const { driverId } = people.learner('akiko');
    const [lost, kept] = [await giveCard(driverId), await giveCard(people.learner('ichiro').driverId)];
    const [phone, library, other] = [await lost.signIn(), await lost.signIn(), await kept.signIn()];
    expect(await round()).toBe(0);
    await publish([lost.serial]);
    expect(await who(phone)).not.toBeNull();
    expect(await round()).toBe(1);
    expect(await who(phone)).toBeNull();
    expect(await who(library)).toBeNull();
    expect(await who(other)).not.toBeNull();
    expect(await auditOf(lost.credentialId)).toEqual(['credential.revoked']);
    expect(await round()).toBe(0);
    await expectRefusal(lost.signIn(), 'certificate_revoked');
  });

  it('stops a running lecture, and what was credited stays', async () => {
    const { driverId } = people.learner('akiko');
    const lost = await giveCard(driverId);
    const learner = (await who(await lost.signIn()))!;
    await startAttendance(app, learner);
    const player = new TestPlayer(test, learner);
    await player.open(lecture.chapters[0]!.id);
    await player.play(10_000);
    await player.play(10_000);
    await publish([lost.serial]);
    await round();
    expect((await viewingsOf(driverId)).at(-1)).toBe('signedOut');
    const { rows } = await app.pool.query<{ earned: number }>(
      'select sum(to_ms - from_ms)::int as earned from watched_interval i join attendance a on a.id = i.attendance_id where a.driver_id = $1',
      [driverId],
    );
    expect(rows[0]?.earned).toBe(20_000);
    expect(await player.play(10_000)).toMatchObject({ outcome: 'refused' });
    const again = await giveCard(driverId);
    const found = await getLecture(app, (await who(await again.signIn()))!);
    expect(found.chapters[0]?.creditedMs).toBe(20_000);
  });

  it('does not stop a lecture that the person watches with another card', async () => {
    const { driverId } = people.learner('akiko');
    const [lost, current] = [await giveCard(driverId), await giveCard(driverId)];
    const token = await lost.signIn();
    const player = new TestPlayer(test, (await who(await current.signIn()))!);
    await player.open(lecture.chapters[0]!.id);
    await publish([lost.serial]);
    expect(await round()).toBe(1);
    expect(await who(token)).toBeNull();
    expect((await viewingsOf(driverId)).at(-1)).toBeNull();
    expect(await player.play(5_000)).toMatchObject({ outcome: 'credited' });
  });

  it('is found by the worker', async () => {
    const lost = await giveCard(people.learner('akiko').driverId);
    const token = await lost.signIn();
    await publish([lost.serial]);
    await app.db.transaction().execute((trx) => enqueue(trx, 'endRevokedSessions', {}));
    await runDueJobs(app);
    expect(await who(token)).toBeNull();
  });

  it('is marked once when two workers find it at once', async () => {
    const lost = await giveCard(people.learner('akiko').driverId);
    await lost.signIn();
    await publish([lost.serial]);
    const found = await Promise.all([round(), round(), round()]);
    expect(found.reduce((sum, count) => sum + count, 0)).toBe(1);
    expect(await auditOf(lost.credentialId)).toEqual(['credential.revoked']);
  });

  it('signs in again when it was on hold and is released', async () => {
    const lost = await giveCard(people.learner('akiko').driverId);
    await lost.signIn();
    await publish([lost.serial]);
    await round();
    await expectRefusal(lost.signIn(), 'certificate_revoked');
    await publish([]);
    const token = await lost.signIn();
    expect(await who(token)).not.toBeNull();
    expect(await auditOf(lost.credentialId)).toEqual(['credential.revoked', 'credential.reinstated']);
    expect(await round()).toBe(0);
    await publish([lost.serial]);
    expect(await round()).toBe(1);
    expect(await who(token)).toBeNull();
  });
});

describe('nobody loses a session', () => {
  it('because nobody can say: no list, one that is over, or one by somebody else', async () => {
    const card = await giveCard(people.learner('akiko').driverId);
    const token = await card.signIn();
    const revoked = [{ serial: card.serial, at: day('2026-11-22') }];
    folders.writeCrl('auth-1.crl', await issueCrl(pki.rogue, { ...CRL_NOW, revoked }));
    expect(await round()).toBe(0);
    folders.writeCrl('auth-1.crl', 'half a li');
    expect(await round()).toBe(0);
    expect(await who(token)).not.toBeNull();
  });

  it('in a round that was stopped before it began', async () => {
    const card = await giveCard(people.learner('akiko').driverId);
    await card.signIn();
    await publish([card.serial]);
    expect(await round(AbortSignal.abort())).toBe(0);
    expect(await round()).toBe(1);
  });

  it('without the worker, which looks every minute', () => {
    expect(SCHEDULE).toContainEqual(['* * * * *', 'endRevokedSessions']);
  });
});
