import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { App } from '#lib/server/app.ts';
import { endOtherSessions, EndOwnSession, endOwnSession } from '#lib/server/sessions/end-own-sessions.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { listOwnSessions } from '#lib/server/sessions/list-own-sessions.ts';
import { signOut } from '#lib/server/sign-in/sign-out.ts';
import { officersOf } from '../../support/officers-with-passkeys.ts';
import { seedTestPeople } from '../../support/people.ts';
import { signInLearner } from '../../support/sessions.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const FIREFOX = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:145.0) Gecko/20100101 Firefox/145.0';
const NOON = '2026-11-22T03:00:00Z';

let test: TestApp;
let app: App;
let people: Awaited<ReturnType<typeof seedTestPeople>>;

beforeAll(async () => {
  test = await makeTestApp({ now: NOON });
  app = test.app;
  people = await seedTestPeople(app);
});
afterAll(() => test.close());
beforeEach(async () => {
  test.clock.set(NOON);
  await app.pool.query('delete from session');
});

const signInHere = (id: string, options?: Parameters<typeof signInLearner>[2]) =>
  signInLearner(app, people.driverIds.get(id)!, options);
const eventsOf = async (personId: string) => {
  const { rows } = await app.pool.query<{ subject_id: string; detail: object }>(
    `select subject_id, detail from audit_event where what = 'session.ended' and actor_id = $1 order by id`,
    [personId],
  );
  return rows;
};

describe('a person who looks where she is signed in', () => {
  it('sees each device in words, this one first', async () => {
    const library = await signInHere('hanako', { method: 'tls', userAgent: FIREFOX });
    test.clock.advance(5 * 60_000);
    const here = await signInHere('hanako', { method: 'oidc' });
    expect(await listOwnSessions(app, here.learner)).toEqual([
      expect.objectContaining({ isThisOne: true, method: 'oidc', browser: 'other', device: 'other' }),
      {
        idSha256: library.learner.sessionIdSha256,
        isThisOne: false,
        method: 'tls',
        browser: 'firefox',
        device: 'windows',
        createdAt: new Date(NOON),
        lastThereAt: new Date(NOON),
      },
    ]);
  });

  it('sees neither what is over nor what is somebody else’s', async () => {
    await signInHere('hanako');
    await signInHere('ichiro');
    test.clock.advance(61 * 60_000);
    const here = await signInHere('hanako');
    expect(await listOwnSessions(app, here.learner)).toHaveLength(1);
  });

  it('is told no token', async () => {
    const here = await signInHere('hanako');
    expect(JSON.stringify(await listOwnSessions(app, here.learner))).not.toContain(here.token);
  });

  it('may be an officer', async () => {
    const { passkey } = await officersOf(app).newOfficer('森 和子');
    const { token } = await officersOf(app).signIn(passkey);
    const officer = (await findActor(app, token))!;
    const sessions = await listOwnSessions(app, officer);
    expect(sessions).toMatchObject([
      { isThisOne: true, method: 'passkey' },
      { isThisOne: false, method: 'passkey' },
    ]);
    expect(await endOtherSessions(app, officer)).toBe(1);
    expect(await listOwnSessions(app, officer)).toHaveLength(1);
  });
});

describe('a person who signs out elsewhere', () => {
  it('ends that one at once and is still here; it is written down', async () => {
    const [library, here] = [await signInHere('hanako', { method: 'tls' }), await signInHere('hanako')];
    const { sessionIdSha256: idSha256 } = library.learner;
    expect(await endOwnSession(app, here.learner, { idSha256 })).toBe(1);
    expect(await findActor(app, library.token)).toBeNull();
    expect(await findActor(app, here.token)).not.toBeNull();
    expect((await eventsOf(here.learner.driverId)).at(-1)).toEqual({
      subject_id: idSha256,
      detail: { method: 'tls', reason: 'byOwner' },
    });
  });

  it('may press twice, or at the same moment on two devices: it is written down once', async () => {
    const [gone, one, two] = [
      await signInHere('makoto'),
      await signInHere('makoto'),
      await signInHere('makoto'),
    ];
    const input = { idSha256: gone.learner.sessionIdSha256 };
    const counts = await Promise.all([
      endOwnSession(app, one.learner, input),
      endOwnSession(app, two.learner, input),
    ]);
    expect(counts.sort()).toEqual([0, 1]);
    expect(await endOwnSession(app, one.learner, input)).toBe(0);
    expect(await eventsOf(one.learner.driverId)).toHaveLength(1);
  });

  it('ends all others, and nobody else’s', async () => {
    const others = [await signInHere('hanako'), await signInHere('hanako')];
    const [neighbour, here] = [await signInHere('ichiro'), await signInHere('hanako')];
    expect(await endOtherSessions(app, here.learner)).toBe(2);
    for (const { token } of others) expect(await findActor(app, token)).toBeNull();
    expect(await findActor(app, here.token)).not.toBeNull();
    expect(await findActor(app, neighbour.token)).not.toBeNull();
  });

  it('cannot end somebody else’s', async () => {
    const [victim, attacker] = [await signInHere('hanako'), await signInHere('ichiro')];
    const { sessionIdSha256: idSha256 } = victim.learner;
    expect(await endOwnSession(app, attacker.learner, { idSha256 })).toBe(0);
    expect(await findActor(app, victim.token)).not.toBeNull();
  });

  it.each(['', 'x', 'A'.repeat(64), 'a'.repeat(65), "' or 1=1 --", 'a'.repeat(1_000_000)])(
    'names it by its hash and nothing else (%#)',
    (idSha256) => expect(EndOwnSession.safeParse({ idSha256 }).success).toBe(false),
  );
});

describe('a cookie that was stolen', () => {
  it('is worth nothing once its owner has signed out', async () => {
    const { token, learner } = await signInHere('hanako', { method: 'tls' });
    expect(await findActor(app, token)).not.toBeNull();
    expect(await signOut(app, learner, { requestId: 'r1' })).toBe('tls');
    expect(await findActor(app, token)).toBeNull();
    expect(await signOut(app, learner, { requestId: 'r2' })).toBeNull();
  });

  it('is worth nothing after 「別の人です」, which is written down', async () => {
    const { token, learner } = await signInHere('naoko');
    expect(await signOut(app, learner, { requestId: 'r3', reason: 'notMe' })).toBe('challenge');
    expect(await findActor(app, token)).toBeNull();
    expect(await eventsOf(learner.driverId)).toMatchObject([
      { detail: { method: 'challenge', reason: 'notMe' } },
    ]);
  });
});
