import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { moveChapter } from '#lib/server/lectures/move-chapter.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { saveChapter } from '#lib/server/lectures/save-chapter.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { chapterInput, makeAdministrator, makeDraft, publishDraft } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const MINUTE_MS = 60_000;
const LEGAL = [15 * MINUTE_MS, 15 * MINUTE_MS];

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

const draftOf = (durationsMs: readonly number[] = LEGAL) => makeDraft(test.app, administrator, durationsMs);
const publish = (draft: { editionId: string; version: number }, actor = administrator) =>
  publishDraft(test.app, actor, draft);
const stateOf = async (editionId: string) => (await getEdition(test.app, administrator, editionId)).state;

describe('publishing an edition', () => {
  it('opens it to learners, with who did it', async () => {
    const draft = await draftOf();
    await publish(draft);
    const edition = await getEdition(test.app, administrator, draft.editionId);
    expect(edition).toMatchObject({
      state: 'published',
      publishedAt: test.clock.now(),
      totalMs: 30 * MINUTE_MS,
      faults: [],
    });
    const audit = await test.app.db
      .selectFrom('auditEvent')
      .where('subjectId', '=', draft.editionId)
      .select(['what', 'actorId', 'detail'])
      .execute();
    expect(audit).toMatchObject([
      { what: 'edition.created', actorId: administrator.officerId },
      { what: 'edition.finished', actorId: administrator.officerId },
      { what: 'edition.published', detail: { number: 1, totalMs: 30 * MINUTE_MS, withdrawnId: null } },
    ]);
  });

  it('withdraws the one before: whoever began it finishes on it', async () => {
    const first = await draftOf();
    await publish(first);
    test.clock.advance(86_400_000);
    const { lectureId } = first;
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    const copy = await getEdition(test.app, administrator, editionId);
    await publish({ editionId, version: copy.version });
    expect(await getEdition(test.app, administrator, first.editionId)).toMatchObject({
      state: 'withdrawn',
      withdrawnAt: test.clock.now(),
      chapters: [{ lacks: [] }, { lacks: [] }],
    });
    expect(await stateOf(editionId)).toBe('published');
    const lecture = (await listLectures(test.app, administrator)).find(({ id }) => id === lectureId);
    expect(lecture?.editions).toMatchObject([
      { number: 2, state: 'published', chapterCount: 2, totalMs: 30 * MINUTE_MS },
      { number: 1, state: 'withdrawn', chapterCount: 2, totalMs: 30 * MINUTE_MS },
    ]);
  });

  it('asks a demo for a twentieth of the minutes', async () => {
    const demo = await makeTestApp({ env: { LEGAL_MINUTES_SCALE: '0.05' } });
    await seedCommissions(demo.app);
    const actor = await makeAdministrator(demo.app);
    const { version, editionId } = await makeDraft(demo.app, actor, [30_000, 30_000, 29_999]);
    const refused = { code: 'edition_too_short', detail: { actual: 89, required: 90 } };
    await expect(publishDraft(demo.app, actor, { editionId, version })).rejects.toMatchObject(refused);
    const saved = await makeDraft(demo.app, actor, [30_000, 30_000, 30_000]);
    await publishDraft(demo.app, actor, saved);
    await demo.close();
  });
});

describe('publishing is refused', () => {
  const question = chapterInput(null).question!;
  const nothingRight = {
    ...question,
    choices: question.choices.map((choice) => ({ ...choice, isRight: false })),
  };

  it('as edition_empty without chapters', async () => {
    await expect(publish(await draftOf([]))).rejects.toMatchObject({ code: 'edition_empty' });
  });

  it('as edition_too_short when a second of the legal minutes is missing', async () => {
    const draft = await draftOf([15 * MINUTE_MS, 15 * MINUTE_MS - 1_000]);
    const refused = { code: 'edition_too_short', detail: { actual: 1_799, required: 1_800 } };
    await expect(publish(draft)).rejects.toMatchObject(refused);
    expect(await stateOf(draft.editionId)).toBe('draft');
  });

  it.each([
    ['video', { videoId: null }],
    ['captionsJa', { captionsJa: null }],
    ['captionsEn', { captionsEn: null }],
    ['question', { question: null }],
    ['rightChoice', { question: nothingRight }],
  ] as const)('as edition_chapter_incomplete when a chapter lacks: %s', async (lacks, changes) => {
    const { editionId, version } = await draftOf();
    const input = { ...chapterInput(await videoOf(editionId)), ...changes };
    const saved = await saveChapter(test.app, administrator, { ...input, editionId, version });
    const detail = { position: 3, lacks };
    await expect(publish({ editionId, version: saved.version })).rejects.toMatchObject({
      code: 'edition_chapter_incomplete',
      detail,
    });
    expect(await stateOf(editionId)).toBe('draft');
  });

  it('as not_found when there is no such edition', async () => {
    const nothing = { editionId: 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11', version: 1 };
    await expect(publish(nothing)).rejects.toMatchObject({ code: 'not_found' });
    await expect(getEdition(test.app, administrator, 'no id')).rejects.toMatchObject({ code: 'not_found' });
  });
});

async function videoOf(editionId: string): Promise<string | null> {
  const row = await test.app.db
    .selectFrom('chapter')
    .where('editionId', '=', editionId)
    .select('videoId')
    .executeTakeFirst();
  return row?.videoId ?? null;
}

describe('two administrators at once', () => {
  it('publish once: the second is told', async () => {
    const draft = await draftOf();
    const results = await Promise.allSettled([publish(draft), publish(draft, colleague)]);
    expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect(results.find(({ status }) => status === 'rejected')).toMatchObject({
      reason: { code: 'edition_changed_meanwhile' },
    });
  });

  it('publish nothing that the other has changed unseen', async () => {
    const draft = await draftOf();
    await saveChapter(test.app, colleague, { ...draft, ...chapterInput(await videoOf(draft.editionId)) });
    await expect(publish(draft)).rejects.toMatchObject({ code: 'edition_changed_meanwhile' });
    expect(await stateOf(draft.editionId)).toBe('draft');
  });

  it('begin the next edition together, and it is one', async () => {
    const { lectureId, ...draft } = await draftOf();
    await publish(draft);
    const begin = (actor: Administrator) => createEdition(test.app, actor, { lectureId, from: 'newest' });
    const [mine, theirs] = await Promise.all([begin(administrator), begin(colleague)]);
    expect(mine).toBe(theirs);
    expect((await getEdition(test.app, administrator, mine)).chapters).toHaveLength(2);
  });
});

describe('what is published', () => {
  it('can be changed by nobody', async () => {
    const draft = await draftOf();
    await publish(draft);
    const { version } = await getEdition(test.app, administrator, draft.editionId);
    const before = await getEdition(test.app, administrator, draft.editionId);
    const seen = { editionId: draft.editionId, version, chapterId: draft.chapterIds[0]! };
    const refused = { code: 'edition_not_draft' };
    await expect(
      saveChapter(test.app, administrator, { ...chapterInput(null), ...seen }),
    ).rejects.toMatchObject(refused);
    await expect(
      saveChapter(test.app, administrator, { ...chapterInput(null), ...seen, chapterId: null }),
    ).rejects.toMatchObject(refused);
    await expect(removeChapter(test.app, administrator, seen)).rejects.toMatchObject(refused);
    await expect(moveChapter(test.app, administrator, { ...seen, direction: 'down' })).rejects.toMatchObject(
      refused,
    );
    await expect(publish(seen)).rejects.toMatchObject({ code: 'edition_move_impossible' });
    expect(await getEdition(test.app, administrator, draft.editionId)).toEqual(before);
  });

  it('does not change with the draft that was copied from it', async () => {
    const { lectureId, ...first } = await draftOf();
    await publish(first);
    const before = await getEdition(test.app, administrator, first.editionId);
    const editionId = await createEdition(test.app, administrator, { lectureId, from: 'newest' });
    const copy = await getEdition(test.app, administrator, editionId);
    expect(copy.chapters.map(({ id: _, ...chapter }) => chapter)).toEqual(
      before.chapters.map(({ id: _, ...chapter }) => chapter),
    );
    await removeChapter(test.app, administrator, {
      editionId,
      version: copy.version,
      chapterId: copy.chapters[0]!.id,
    });
    expect(await getEdition(test.app, administrator, first.editionId)).toEqual(before);
  });
});
