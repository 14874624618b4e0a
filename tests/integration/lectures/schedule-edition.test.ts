import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { publishEdition } from '#lib/server/lectures/publish-edition.ts';
import { scheduleEdition } from '#lib/server/lectures/schedule-edition.ts';
import { unscheduleEdition } from '#lib/server/lectures/unschedule-edition.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator, makeFinished, seenNow } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const TOMORROW = { date: '2026-11-23', time: '09:00' };

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-22T03:00:00Z' });
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '見本 次郎');
});
afterAll(() => test.close());

type Seen = { editionId: string; version: number };
const finished = () => makeFinished(test.app, administrator, LEGAL);
const now = ({ editionId }: { editionId: string }) => seenNow(test.app, administrator, editionId);
const edition = ({ editionId }: { editionId: string }) => getEdition(test.app, administrator, editionId);
const schedule = (seen: Seen, at = TOMORROW, actor = administrator) =>
  scheduleEdition(test.app, actor, { ...seen, ...at });

describe('a publication that is scheduled', () => {
  it('has its time on a clock in Japan, which can be changed and taken back', async () => {
    const ready = await finished();
    await schedule(ready);
    expect(await edition(ready)).toMatchObject({
      state: 'scheduled',
      scheduledFor: new Date('2026-11-23T00:00:00Z'),
    });
    await schedule(await now(ready), { date: '2026-12-01', time: '00:00' }, colleague);
    expect(await edition(ready)).toMatchObject({ scheduledFor: new Date('2026-11-30T15:00:00Z') });
    await unscheduleEdition(test.app, administrator, await now(ready));
    expect(await edition(ready)).toMatchObject({ state: 'ready', scheduledFor: null });
    const entries = await test.app.db
      .selectFrom('auditEvent')
      .where('subjectId', '=', ready.editionId)
      .where('what', 'like', 'edition.%scheduled')
      .orderBy('id')
      .select(['what', 'actorId', 'detail'])
      .execute();
    expect(entries).toMatchObject([
      { what: 'edition.scheduled', detail: { scheduledFor: '2026-11-23T00:00:00.000Z' } },
      { what: 'edition.scheduled', actorId: colleague.officerId },
      { what: 'edition.unscheduled' },
    ]);
  });

  it('can be overtaken by hand', async () => {
    const ready = await finished();
    await schedule(ready);
    await publishEdition(test.app, administrator, await now(ready));
    expect(await edition(ready)).toMatchObject({ state: 'published', scheduledFor: null });
  });

  it.each([
    ['schedule_in_past', { date: '2026-11-22', time: '12:00' }],
    ['schedule_in_past', { date: '2000-01-01', time: '00:00' }],
    ['schedule_too_far', { date: '2027-11-24', time: '00:00' }],
    ['schedule_too_far', { date: '9999-12-31', time: '23:59' }],
  ])('is refused as %s for %o', async (code, at) => {
    const ready = await finished();
    await expect(schedule(ready, at)).rejects.toMatchObject({ code });
    expect(await edition(ready)).toMatchObject({ state: 'ready' });
  });

  it('is the only one of its lecture', async () => {
    const first = await finished();
    const editionId = await createEdition(test.app, administrator, {
      lectureId: first.lectureId,
      from: 'newest',
    });
    await schedule(first);
    await finishEdition(test.app, administrator, await now({ editionId }));
    await expect(schedule(await now({ editionId }))).rejects.toMatchObject({
      code: 'other_edition_scheduled',
      detail: { number: 1 },
    });
  });
});
