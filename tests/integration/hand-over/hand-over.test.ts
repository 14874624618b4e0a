import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '#lib/server/app.ts';
import { approveHandOver, getChoices } from '#lib/server/hand-over/approve-hand-over.ts';
import { claimHandOver, findAskingDevice } from '#lib/server/hand-over/claim-hand-over.ts';
import { finishHandOver } from '#lib/server/hand-over/finish-hand-over.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { stopHandOver } from '#lib/server/hand-over/stop-hand-over.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { seedTestPeople } from '../../support/people.ts';
import { signInLearner } from '../../support/sessions.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { newBrowser, openDesk, WINDOWS, type HandOverDesk } from './hand-over-desk.ts';

const MINUTE_MS = 60_000;

let test: TestApp;
let app: App;
let driverId: string;
let desk: HandOverDesk;
beforeAll(async () => {
  test = await makeTestApp();
  app = test.app;
  const { driverIds } = await seedTestPeople(app);
  driverId = driverIds.get('hanako') ?? [...driverIds.values()][0]!;
  desk = openDesk(test, driverId);
});
afterAll(() => test.close());

const later = (ms: number) => desk.later(ms);
const openOnComputer = () => desk.openOnComputer();
const claimOnPhone = (qr: string) => desk.claimOnPhone(qr);
const query = (statement: string) => desk.query(statement);

describe('a computer without a reader', () => {
  it('is signed in by the card step on a phone, which says which computer, and goes on where it wanted to', async () => {
    const computer = await openOnComputer();
    expect(await computer.view()).toMatchObject({ state: 'waiting' });
    expect(await findAskingDevice(app, computer.key)).toMatchObject({ browser: 'chrome', device: 'windows' });

    const phone = await claimOnPhone(computer.key);
    expect(await computer.view()).toMatchObject({ state: 'claimed' });
    const { choices, device } = await getChoices(app, phone.key);
    expect(device).toBe('windows');
    expect(choices).toContain(await computer.number());

    await phone.choose(await computer.number());
    const seen = await computer.view();
    expect(seen).toMatchObject({
      state: 'approved',
      whose: { lastDigits: expect.stringMatching(/^\d{4}$/) },
    });
    expect(JSON.stringify(seen)).toContain('○');

    const { token, next } = await computer.finish();
    expect(next).toBe('/lecture');
    expect(await findActor(app, token)).toMatchObject({ kind: 'learner', driverId });
    expect(await computer.view()).toEqual({ state: 'over' });
  });

  it('leaves nobody signed in on the phone', async () => {
    const computer = await openOnComputer();
    const phone = await claimOnPhone(computer.key);
    await phone.choose(await computer.number());
    expect(await findActor(app, phone.token)).toBeNull();
  });

  it('writes down who agreed to which device, and by what the session began', async () => {
    const computer = await openOnComputer();
    const phone = await claimOnPhone(computer.key);
    await phone.choose(await computer.number());
    await computer.finish();
    const acts = await query(
      `select what, actor_kind, detail from audit_event where actor_id = '${driverId}' order by id desc limit 3`,
    );
    expect(acts.toReversed()).toMatchObject([
      { what: 'handOver.approved', actor_kind: 'learner', detail: { device: 'windows', browser: 'chrome' } },
      { what: 'session.ended', detail: { reason: 'handOver' } },
      { what: 'session.begun', detail: { method: 'oidc', handOver: expect.any(String) } },
    ]);
  });
});

describe('a QR code', () => {
  it('that a stranger has sent signs nobody in without the number on the screen that shows it', async () => {
    const stranger = await openOnComputer();
    const victim = await claimOnPhone(stranger.key);
    const { choices } = await getChoices(app, victim.key);
    const number = await stranger.number();
    const guess = choices.find((choice) => choice !== number)!;
    await expectRefusal(victim.choose(guess), 'hand_over_number');
    await expectRefusal(victim.choose(number), 'hand_over_over');
    expect(await stranger.view()).toEqual({ state: 'over' });
    await expectRefusal(stranger.finish(), 'hand_over_over');
    const [act] = await query(`select what, actor_id from audit_event order by id desc limit 1`);
    expect(act).toEqual({ what: 'handOver.refused', actor_id: driverId });
  });

  it('that a stranger approves signs the victim’s computer in as nobody before its person has seen the name', async () => {
    const victim = await openOnComputer();
    const stranger = await claimOnPhone(victim.key);
    await stranger.choose(await victim.number());
    expect(await victim.view()).toMatchObject({ state: 'approved' });
    const before = await query(`select count(*)::int as n from session where person_id = '${driverId}'`);
    await stopHandOver(app, victim.shown, 'r');
    await expectRefusal(victim.finish(), 'hand_over_over');
    expect(await query(`select count(*)::int as n from session where person_id = '${driverId}'`)).toEqual(
      before,
    );
  });

  it('is spent by the first phone: a second one is told that it is over', async () => {
    const computer = await openOnComputer();
    const claims = await Promise.allSettled([
      claimHandOver(app, computer.key),
      claimHandOver(app, computer.key),
    ]);
    expect(claims.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
    await expectRefusal(findAskingDevice(app, computer.key), 'hand_over_over');
  });

  it('is harmless when a preview opens its address', async () => {
    const computer = await openOnComputer();
    for (let times = 0; times < 3; times += 1) await findAskingDevice(app, computer.key);
    expect(await computer.view()).toMatchObject({ state: 'waiting' });
  });

  it('is of no use after ten minutes, at any step', async () => {
    const [waiting, claimed, approved] = [
      await openOnComputer(),
      await openOnComputer(),
      await openOnComputer(),
    ];
    const late = await claimOnPhone(claimed.key);
    const phone = await claimOnPhone(approved.key);
    await phone.choose(await approved.number());
    const number = await claimed.number();
    later(LIMITS.handOverTtlMs + MINUTE_MS);
    await expectRefusal(claimHandOver(app, waiting.key), 'hand_over_over');
    await expectRefusal(late.choose(number), 'hand_over_over');
    await expectRefusal(approved.finish(), 'hand_over_over');
    for (const computer of [waiting, claimed, approved])
      expect(await computer.view()).toEqual({ state: 'over' });
  });

  it.each(['', 'x', '../..', `${'0'.repeat(36)}.${'a'.repeat(43)}`, 'a'.repeat(100_000)])(
    'is none: %.40s',
    async (key) => {
      await expectRefusal(findAskingDevice(app, key), 'hand_over_over');
      await expectRefusal(claimHandOver(app, key), 'hand_over_over');
      await expectRefusal(getChoices(app, key), 'hand_over_over');
    },
  );

  it('does not open the other sides: its secret is neither the computer’s cookie nor the phone’s', async () => {
    const computer = await openOnComputer();
    const phone = await claimOnPhone(computer.key);
    await expectRefusal(getChoices(app, computer.key), 'hand_over_over');
    const number = await computer.number();
    await expectRefusal(
      approveHandOver(app, phone.learner, { key: computer.key, number, requestId: 'r' }),
      'hand_over_over',
    );
    await phone.choose(number);
    const elsewhere = { side: 'asking', key: computer.key, browserToken: newBrowser() } as const;
    expect(await getHandOver(app, elsewhere)).toEqual({ state: 'over' });
    await expectRefusal(
      finishHandOver(app, elsewhere, { userAgent: WINDOWS, requestId: 'r' }),
      'hand_over_over',
    );
    await computer.finish();
  });
});

describe('the card', () => {
  it('has to be read for it: who was signed in on the phone before gives nothing away', async () => {
    const computer = await openOnComputer();
    const { learner } = await signInLearner(app, driverId);
    later(1_000);
    const { key } = await claimHandOver(app, computer.key);
    const number = await computer.number();
    await expectRefusal(approveHandOver(app, learner, { key, number, requestId: 'r' }), 'hand_over_card');
    expect(await computer.view()).toMatchObject({ state: 'claimed' });
  });

  it('that is reported lost in between signs nobody in, and stays reported', async () => {
    const computer = await openOnComputer();
    const phone = await claimOnPhone(computer.key);
    await phone.choose(await computer.number());
    await query(`update credential set revoked_at = now() where id = '${phone.learner.credentialId}'`);
    await expectRefusal(computer.finish(), 'hand_over_over');
    const [card] = await query(
      `select revoked_at from credential where id = '${phone.learner.credentialId}'`,
    );
    expect(card?.['revoked_at']).not.toBeNull();
  });
});

describe('a session that it begins', () => {
  it('is one, however often the button is pressed', async () => {
    const computer = await openOnComputer();
    const phone = await claimOnPhone(computer.key);
    await phone.choose(await computer.number());
    const presses = await Promise.allSettled([computer.finish(), computer.finish(), computer.finish()]);
    expect(presses.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  });

  it('is not begun before the phone has agreed', async () => {
    const computer = await openOnComputer();
    await expectRefusal(computer.finish(), 'hand_over_over');
    await claimOnPhone(computer.key);
    await expectRefusal(computer.finish(), 'hand_over_over');
  });
});

it('who reads the database gets neither side of it', async () => {
  const computer = await openOnComputer();
  const phone = await claimOnPhone(computer.key);
  const rows = JSON.stringify(await query('select * from hand_over'));
  for (const key of [computer.key, phone.key]) expect(rows).not.toContain(key.split('.')[1]);
  expect(rows).not.toContain(computer.browserToken);
});

it('is stopped from either side, and stopping what is over is no fault', async () => {
  const [byQr, byPhone] = [await openOnComputer(), await openOnComputer()];
  await stopHandOver(app, { side: 'qr', key: byQr.key }, 'r');
  const { key } = await claimOnPhone(byPhone.key);
  await stopHandOver(app, { side: 'phone', key }, 'r');
  await stopHandOver(app, { side: 'phone', key }, 'r');
  for (const computer of [byQr, byPhone]) expect(await computer.view()).toEqual({ state: 'over' });
});
