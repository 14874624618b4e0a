import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { publishEdition } from '#lib/server/lectures/publish-edition.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { reopenEdition } from '#lib/server/lectures/reopen-edition.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { scheduleEdition } from '#lib/server/lectures/schedule-edition.ts';
import { unscheduleEdition } from '#lib/server/lectures/unschedule-edition.ts';
import { withdrawEdition } from '#lib/server/lectures/withdraw-edition.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import {
  checkDraft,
  makeAdministrator,
  makeDraft,
  makeFinished,
  publishDraft,
  seenNow,
} from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const TOMORROW = { date: '2026-11-23', time: '09:00' };
const WITHDRAWAL = { reason: '第1章の説明に誤りがあったため', confirmed: 'yes' } as const;
const GONE = { code: 'edition_changed_meanwhile' };
const IMPOSSIBLE = { code: 'edition_move_impossible' };

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
let stranger: Administrator;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-22T03:00:00Z' });
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '見本 次郎');
  stranger = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
});
afterAll(() => test.close());

type Seen = { editionId: string; version: number };
async function draftOf() {
  const draft = await makeDraft(test.app, administrator, LEGAL);
  await checkDraft(test.app, administrator, draft.editionId);
  return draft;
}
const finished = () => makeFinished(test.app, administrator, LEGAL);
const now = ({ editionId }: { editionId: string }) => seenNow(test.app, administrator, editionId);
const edition = ({ editionId }: { editionId: string }) => getEdition(test.app, administrator, editionId);
const finish = (seen: Seen, actor = administrator) => finishEdition(test.app, actor, seen);
const reopen = (seen: Seen, actor = administrator) => reopenEdition(test.app, actor, seen);
const publish = (seen: Seen, actor = administrator) => publishEdition(test.app, actor, seen);
const unschedule = (seen: Seen, actor = administrator) => unscheduleEdition(test.app, actor, seen);
const schedule = (seen: Seen, at = TOMORROW, actor = administrator) =>
  scheduleEdition(test.app, actor, { ...seen, ...at });
const withdraw = (seen: Seen, actor = administrator) =>
  withdrawEdition(test.app, actor, { ...seen, ...WITHDRAWAL });

async function audited(editionId: string) {
  const entries = await test.app.db
    .selectFrom('auditEvent')
    .where('subjectId', '=', editionId)
    .orderBy('id')
    .select(['what', 'actorKind', 'actorId', 'detail'])
    .execute();
  return entries;
}

/** One of two acts at once goes through; the other hears why it did not. */
async function race(...acts: readonly Promise<unknown>[]) {
  const results = await Promise.allSettled(acts);
  expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  return results.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
}

describe('an edition that is ready', () => {
  it('cannot be written in by anybody, and can again when it has been taken back', async () => {
    const { chapterIds, ...draft } = await draftOf();
    await finish(draft);
    expect(await edition(draft)).toMatchObject({ state: 'ready', publishedAt: null });
    const seen = { ...(await now(draft)), chapterId: chapterIds[0]! };
    const refused = { code: 'edition_not_draft' };
    const save = (input: typeof seen) =>
      saveChapter(test.app, administrator, {
        ...input,
        ...{ language: 'ja', title: '見本', videoId: null, captions: null },
      });
    await expect(save(seen)).rejects.toMatchObject(refused);
    await expect(removeChapter(test.app, colleague, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, colleague, { ...seen, direction: 'down' })).rejects.toMatchObject(
      refused,
    );

    await reopen(seen, colleague);
    await expect(save(seen)).rejects.toMatchObject(GONE);
    await save({ ...(await now(draft)), chapterId: chapterIds[0]! });
    expect((await audited(draft.editionId)).map(({ what, actorId }) => [what, actorId])).toEqual([
      ['edition.created', administrator.officerId],
      ['edition.finished', administrator.officerId],
      ['edition.reopened', colleague.officerId],
    ]);
  });

  it('is none that lacks something', async () => {
    const { chapterIds, ...draft } = await draftOf();
    await removeChapter(test.app, administrator, { ...draft, chapterId: chapterIds[0]! });
    await expect(finish(await now(draft))).rejects.toMatchObject({ code: 'edition_too_short' });
    expect(await edition(draft)).toMatchObject({ state: 'draft' });
  });

  it('does not keep others from beginning the next one', async () => {
    const ready = await finished();
    const next = await createEdition(test.app, colleague, { lectureId: ready.lectureId, from: 'newest' });
    expect(next).not.toBe(ready.editionId);
    expect(
      await createEdition(test.app, administrator, { lectureId: ready.lectureId, from: 'nothing' }),
    ).toBe(next);
  });
});

describe('two administrators at once', () => {
  it('make one edition ready, one of them', async () => {
    const draft = await draftOf();
    expect((await race(finish(draft), finish(draft, colleague))).reason).toMatchObject(GONE);
  });

  it('do not freeze what the other is just changing', async () => {
    const { chapterIds, ...draft } = await draftOf();
    const change = { ...draft, chapterId: chapterIds[0]!, direction: 'down' } as const;
    const lost = await race(finish(draft), moveChapter(test.app, colleague, change));
    expect([GONE.code, 'edition_not_draft']).toContain((lost.reason as { code: string }).code);
  });

  it('publish, or take back', async () => {
    const ready = await finished();
    expect((await race(publish(ready), reopen(ready, colleague))).reason).toMatchObject(GONE);
  });

  it('schedule, or publish at once', async () => {
    const ready = await finished();
    expect((await race(schedule(ready), publish(ready, colleague))).reason).toMatchObject(GONE);
  });

  it('withdraw once', async () => {
    const draft = await draftOf();
    await publishDraft(test.app, administrator, draft);
    const seen = await now(draft);
    expect((await race(withdraw(seen), withdraw(seen, colleague))).reason).toMatchObject(GONE);
  });

  it('withdraw the old one while the next one takes its place, without standing in each other’s way', async () => {
    const first = await draftOf();
    await publishDraft(test.app, administrator, first);
    const { lectureId } = first;
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    await finish(await now({ editionId }));
    const [old, next] = [await now(first), await now({ editionId })];
    const results = await Promise.allSettled([withdraw(old), publish(next, colleague)]);
    expect(results[1]).toMatchObject({ status: 'fulfilled' });
    expect(await edition(first)).toMatchObject({ state: 'withdrawn' });
    expect(await edition({ editionId })).toMatchObject({ state: 'published' });
  });
});

describe('a move that there is not', () => {
  it('is refused from every state', async () => {
    const draft = await draftOf();
    for (const move of [reopen, schedule, unschedule, publish, withdraw])
      await expect(move(draft)).rejects.toMatchObject(IMPOSSIBLE);
    await finish(draft);
    const ready = await now(draft);
    for (const move of [finish, unschedule, withdraw])
      await expect(move(ready)).rejects.toMatchObject(IMPOSSIBLE);
    await schedule(ready);
    const scheduled = await now(draft);
    for (const move of [finish, reopen, withdraw])
      await expect(move(scheduled)).rejects.toMatchObject(IMPOSSIBLE);
    await publish(scheduled);
    const published = await now(draft);
    for (const move of [finish, reopen, schedule, unschedule, publish])
      await expect(move(published)).rejects.toMatchObject(IMPOSSIBLE);
    await withdraw(published);
    const withdrawn = await now(draft);
    for (const move of [finish, reopen, schedule, unschedule, publish, withdraw])
      await expect(move(withdrawn)).rejects.toMatchObject(IMPOSSIBLE);
  });

  it('is refused to an administrator of another commission', async () => {
    const draft = await draftOf();
    const refused = { code: 'not_allowed' };
    await expect(schedule(draft, TOMORROW, stranger)).rejects.toMatchObject(refused);
    for (const move of [finish, reopen, unschedule, publish, withdraw])
      await expect(move(draft, stranger)).rejects.toMatchObject(refused);
  });
});
