import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { publishDueEditions } from '#lib/server/lectures/publish-due-editions.ts';
import { scheduleEdition } from '#lib/server/lectures/schedule-edition.ts';
import { unscheduleEdition } from '#lib/server/lectures/unschedule-edition.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { finishDraft, makeAdministrator, makeFinished, seenNow } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const AT = { date: '2026-11-23', time: '09:00' };
const OPENING = new Date('2026-11-23T00:00:00Z');
const DAY_MS = 86_400_000;

let test: TestApp;
let administrator: Administrator;
const used: TestApp[] = [];
beforeEach(async () => {
  test = await makeTestApp({ now: '2026-11-22T03:00:00Z' });
  used.push(test);
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
});
afterAll(() => Promise.all(used.map((each) => each.close())));

const edition = (editionId: string) => getEdition(test.app, administrator, editionId);
async function scheduled(at = AT) {
  const ready = await makeFinished(test.app, administrator, LEGAL);
  await scheduleEdition(test.app, administrator, { ...ready, ...at });
  return ready;
}
const publications = async () =>
  test.app.db
    .selectFrom('auditEvent')
    .where('what', '=', 'edition.published')
    .select(['subjectId', 'actorKind'])
    .execute();

describe('an edition whose time has come', () => {
  it('opens then, not a moment before, by the worker', async () => {
    const { editionId } = await scheduled();
    test.clock.set(new Date(OPENING.getTime() - 1));
    await publishDueEditions(test.app);
    expect(await edition(editionId)).toMatchObject({ state: 'scheduled' });
    test.clock.set(OPENING);
    await publishDueEditions(test.app);
    expect(await edition(editionId)).toMatchObject({
      state: 'published',
      publishedAt: OPENING,
      scheduledFor: null,
      totalMs: 30 * 60_000,
    });
    expect(await publications()).toEqual([{ subjectId: editionId, actorKind: 'system' }]);
  });

  it('opens once, however many workers ask at once and again', async () => {
    const { editionId } = await scheduled();
    test.clock.set(OPENING);
    await Promise.all(Array.from({ length: 5 }, () => publishDueEditions(test.app)));
    await publishDueEditions(test.app);
    expect(await publications()).toEqual([{ subjectId: editionId, actorKind: 'system' }]);
  });

  it('opens after a standstill, with all others that were due', async () => {
    const [first, second] = [await scheduled(), await scheduled({ date: '2026-11-24', time: '00:00' })];
    test.clock.advance(7 * DAY_MS);
    await publishDueEditions(test.app);
    for (const { editionId } of [first, second])
      expect(await edition(editionId)).toMatchObject({ state: 'published', publishedAt: test.clock.now() });
  });

  it('takes the place of the one before', async () => {
    const first = await scheduled();
    test.clock.set(OPENING);
    await publishDueEditions(test.app);
    const editionId = await createEdition(test.app, administrator, {
      lectureId: first.lectureId,
      from: 'newest',
    });
    const next = await finishDraft(
      test.app,
      administrator,
      await seenNow(test.app, administrator, editionId),
    );
    await scheduleEdition(test.app, administrator, { ...next, date: '2026-11-24', time: '09:00' });
    test.clock.advance(DAY_MS);
    await publishDueEditions(test.app);
    expect(await edition(first.editionId)).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: test.clock.now(),
    });
    expect(await edition(editionId)).toMatchObject({ state: 'published' });
  });

  it('stays closed when it was taken back in time', async () => {
    const { editionId } = await scheduled();
    await unscheduleEdition(test.app, administrator, await seenNow(test.app, administrator, editionId));
    test.clock.set(OPENING);
    await publishDueEditions(test.app);
    expect(await edition(editionId)).toMatchObject({ state: 'ready', scheduleFault: null });
  });

  it('is either published or taken back when both happen at once', async () => {
    const { editionId } = await scheduled();
    const seen = await seenNow(test.app, administrator, editionId);
    test.clock.set(OPENING);
    const [, taken] = await Promise.allSettled([
      publishDueEditions(test.app),
      unscheduleEdition(test.app, administrator, seen),
    ]);
    const { state } = await edition(editionId);
    expect(state).toBe(taken.status === 'fulfilled' ? 'ready' : 'published');
  });
});

describe('an edition that may not open at its time', () => {
  it('is ready again, with the reason, until it moves on; the one before stays open', async () => {
    const { editionId } = await scheduled();
    test.clock.set(OPENING);
    // The law has changed over night.
    const stricter: App = { ...test.app, config: { ...test.app.config, legalMinutesScale: 1.2 } };
    await publishDueEditions(stricter);
    await publishDueEditions(stricter);
    expect(await edition(editionId)).toMatchObject({
      state: 'ready',
      scheduledFor: null,
      publishedAt: null,
      scheduleFault: { code: 'edition_too_short', detail: { actual: 1_800, required: 2_160 } },
    });
    const missed = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'edition.missed')
      .select(['subjectId', 'actorKind', 'detail'])
      .execute();
    expect(missed).toEqual([
      { subjectId: editionId, actorKind: 'system', detail: { number: 1, code: 'edition_too_short' } },
    ]);
    const seen = await seenNow(test.app, administrator, editionId);
    await scheduleEdition(test.app, administrator, { ...seen, date: '2026-11-24', time: '09:00' });
    expect(await edition(editionId)).toMatchObject({ state: 'scheduled', scheduleFault: null });
  });

  it('does not keep others from opening', async () => {
    const short = await scheduled();
    const long = await makeFinished(test.app, administrator, [40 * 60_000]);
    await scheduleEdition(test.app, administrator, { ...long, ...AT });
    test.clock.set(OPENING);
    await publishDueEditions({ ...test.app, config: { ...test.app.config, legalMinutesScale: 1.2 } });
    expect(await edition(short.editionId)).toMatchObject({ state: 'ready' });
    expect(await edition(long.editionId)).toMatchObject({ state: 'published' });
  });
});
