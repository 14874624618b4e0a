import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { endSession, endSessionsOf } from '#lib/server/sessions/end-session.ts';
import { hashOfToken } from '#lib/server/sessions/lucia.ts';
import { openViewings, type LiveViewing } from '../../../bench/support/viewers.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { startTrpcHost, type TrpcHost } from '../../support/trpc-host.ts';

const STEP_MS = 5_000;

let test: TestApp;
let host: TrpcHost;
let viewings: LiveViewing[];

beforeAll(async () => {
  test = await makeTestApp();
  host = await startTrpcHost(test.app);
  viewings = await openViewings(test.app, 20);
});
afterAll(async () => {
  await host.close();
  await test.close();
});

/** One person at the player: beats go on from what was credited, with the newest token. */
class Watcher {
  token: string | undefined;
  sequence = 0;
  creditedMs = 0;
  readonly viewing: LiveViewing;
  constructor(viewing: LiveViewing) {
    this.viewing = viewing;
  }
  async beat({ session, token = this.token }: { session?: string | null; token?: string } = {}) {
    const { creditedMs } = this;
    const sequence = this.sequence + 1;
    const played = { fromMs: creditedMs, toMs: creditedMs + STEP_MS, state: 'playing', keyCount: 1_000 };
    const beat = { viewingId: this.viewing.id, sequence, ...played, token };
    const answer = await host.call(
      'viewing.report',
      beat,
      session === undefined ? this.viewing.sessionToken : session,
    );
    if (answer.data?.outcome === 'credited') {
      this.sequence = sequence;
      this.creditedMs = answer.data.creditedMs;
      this.token = answer.data.token ?? this.token;
    }
    return answer;
  }
}

describe('a heartbeat with a token', () => {
  let watcher: Watcher;
  let other: LiveViewing;

  beforeEach(async () => {
    const now = test.clock.now();
    await test.app.db.updateTable('viewing').set({ lastBeatAt: now }).execute();
    watcher = new Watcher(viewings.pop()!);
    other = viewings.at(-1)!;
    expect((await watcher.beat()).data).toMatchObject({ outcome: 'credited', token: expect.any(String) });
    test.clock.advance(STEP_MS);
  });

  it('counts, and brings no new one while the old is fresh', async () => {
    const { data } = await watcher.beat();
    expect(data).toMatchObject({ outcome: 'credited', creditedMs: STEP_MS });
    expect(data).not.toHaveProperty('token');
  });

  it('brings a new one once half of its life is over, and so lasts as long as the lecture', async () => {
    const tokens = new Set<string>();
    for (let at = 0; at < 3 * LIMITS.viewingTokenTtlMs; at += STEP_MS) {
      test.clock.advance(STEP_MS);
      expect((await watcher.beat()).data?.outcome).toBe('credited');
      tokens.add(watcher.token!);
    }
    expect(tokens.size).toBeGreaterThanOrEqual(5);
    expect(tokens.size).toBeLessThanOrEqual(7);
  });

  it('is taken for what its session is when the token is forged, old, or of another viewing', async () => {
    const old = test.app.viewingTokens.sign({
      viewingId: watcher.viewing.id,
      driverId: watcher.viewing.driverId,
      sessionIdSha256: hashOfToken(watcher.viewing.sessionToken),
    });
    const stranger = new Watcher(other);
    await stranger.beat();
    for (const token of ['', 'x', `${watcher.token!}x`, watcher.token!.replace(/.$/, '!'), stranger.token!]) {
      const { data } = await watcher.beat({ token });
      // The session was looked up, and with it comes a token that is good.
      expect(data).toMatchObject({ outcome: 'credited', token: expect.any(String) });
    }
    test.clock.advance(LIMITS.viewingTokenTtlMs);
    await test.app.db.updateTable('viewing').set({ lastBeatAt: test.clock.now() }).execute();
    expect((await watcher.beat({ token: old })).data).toHaveProperty('token');
  });

  it('is of no use to somebody who has copied it, without the cookie or with the cookie of another', async () => {
    const copied = await watcher.beat({ session: null });
    expect(copied).toMatchObject({ status: 422, error: { data: { refusal: { code: 'not_signed_in' } } } });
    expect((await watcher.beat({ session: other.sessionToken })).data).toEqual({
      outcome: 'refused',
      code: 'viewing_closed',
      creditedMs: 0,
    });
    expect((await watcher.beat({ session: 'a'.repeat(40) })).status).toBe(422);
  });

  const refused = async () => {
    const { data } = await watcher.beat();
    expect(data).toMatchObject({ outcome: 'refused', code: 'not_signed_in' });
    const { creditedMs } = await test.app.db
      .selectFrom('chapterAttendance')
      .where('attendanceId', '=', watcher.viewing.attendanceId)
      .select('creditedMs')
      .executeTakeFirstOrThrow();
    expect(creditedMs).toBe(watcher.creditedMs);
  };

  it('counts no more after signing out', async () => {
    await endSession(test.app, watcher.viewing.sessionToken);
    await refused();
  });

  it('counts no more after all sessions of the person were ended elsewhere', async () => {
    await endSessionsOf(test.app, 'learner', watcher.viewing.driverId);
    await refused();
  });

  it.each(['replacedAt', 'revokedAt'] as const)('counts no more once the card is %s', async (column) => {
    await test.app.db
      .updateTable('credential')
      .set({ [column]: test.clock.now() })
      .where('driverId', '=', watcher.viewing.driverId)
      .execute();
    await refused();
  });

  it('counts no more at the hard end of the session', async () => {
    await test.app.db
      .updateTable('session')
      .set({ expiresAt: test.clock.now() })
      .where('idSha256', '=', hashOfToken(watcher.viewing.sessionToken))
      .execute();
    await refused();
  });

  it('goes on in the page that was open when the same person has signed in again', async () => {
    const { credentialId } = await test.app.db
      .selectFrom('session')
      .where('idSha256', '=', hashOfToken(watcher.viewing.sessionToken))
      .select('credentialId')
      .executeTakeFirstOrThrow();
    await endSession(test.app, watcher.viewing.sessionToken);
    const { token: session } = await createSession(test.app, {
      personKind: 'learner',
      method: 'challenge',
      personId: watcher.viewing.driverId,
      credentialId,
      userAgent: '',
    });
    expect((await watcher.beat({ session })).data?.outcome).toBe('credited');
    test.clock.advance(STEP_MS);
    const { data } = await watcher.beat({ session });
    expect(data?.outcome).toBe('credited');
    expect(data).not.toHaveProperty('token');
  });
});
