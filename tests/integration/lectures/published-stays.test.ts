import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getHistory } from '#lib/server/lectures/get-history.ts';
import { removeChapter } from '#lib/server/lectures/remove-chapter.ts';
import { reopenEdition } from '#lib/server/lectures/reopen-edition.ts';
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
const GUARDED = { code: '23001' }; // restrict_violation

let test: TestApp;
let administrator: Administrator;
let colleague: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  colleague = await makeAdministrator(test.app, 'kanagawa', '見本 次郎');
});
afterAll(() => test.close());

async function published() {
  const draft = await makeDraft(test.app, administrator, LEGAL);
  await publishDraft(test.app, administrator, draft);
  return draft.editionId;
}
const ready = async () => (await makeFinished(test.app, administrator, LEGAL)).editionId;

/** Past every operation, as somebody might who is at the database itself. */
const atTheDatabase = (statement: string, editionId: string) =>
  sql.raw(statement.replaceAll(':edition', `'${editionId}'`)).execute(test.app.db);

const CHAPTERS = 'select id from chapter where edition_id = :edition';
const QUESTIONS = `select id from question where chapter_id in (${CHAPTERS})`;
const CHOICES = `select id from choice where question_id in (${QUESTIONS})`;

describe('what an edition consists of', () => {
  const CHANGES = [
    `update chapter set position = position + 10 where edition_id = :edition`,
    `delete from chapter where edition_id = :edition`,
    `insert into chapter select (jsonb_populate_record(c, jsonb_build_object('id', gen_random_uuid(), 'position', 9))).* from chapter c where edition_id = :edition`,
    `update question set checked_by = null, checked_at = null where id in (${QUESTIONS})`,
    `delete from question where id in (${QUESTIONS})`,
    `update choice set is_right = not is_right where id in (${CHOICES})`,
    `delete from choice where id in (${CHOICES})`,
    `update chapter_language set title = 'x' where chapter_id in (${CHAPTERS})`,
    `insert into chapter_language select id, 'ur', 'x' from chapter where edition_id = :edition`,
    `delete from chapter_language where chapter_id in (${CHAPTERS})`,
    `update question_language set explanation = 'x' where question_id in (${QUESTIONS})`,
    `delete from question_language where question_id in (${QUESTIONS})`,
    `update choice_language set text = 'x' where choice_id in (${CHOICES})`,
    `delete from choice_language where choice_id in (${CHOICES})`,
  ];

  it.each(CHANGES)('stays once it is published, whatever is tried: %s', async (statement) => {
    await expect(atTheDatabase(statement, await published())).rejects.toMatchObject(GUARDED);
  });

  it.each(CHANGES)('stays while it is ready: %s', async (statement) => {
    await expect(atTheDatabase(statement, await ready())).rejects.toMatchObject(GUARDED);
  });
});

describe('an edition', () => {
  it.each([
    `update edition set number = 99 where id = :edition`,
    `update edition set total_ms = 1 where id = :edition`,
    `update edition set languages = '{ja}' where id = :edition`,
    `update edition set published_at = now() where id = :edition`,
    `update edition set state = 'draft', published_at = null where id = :edition`,
    `delete from edition where id = :edition`,
  ])('stays as it was published: %s', async (statement) => {
    await expect(atTheDatabase(statement, await published())).rejects.toMatchObject(GUARDED);
  });

  it('does not come back when it was withdrawn', async () => {
    const editionId = await published();
    await atTheDatabase(
      `update edition set state = 'withdrawn', withdrawn_at = now() where id = :edition`,
      editionId,
    );
    const again = `update edition set state = 'published', withdrawn_at = null where id = :edition`;
    await expect(atTheDatabase(again, editionId)).rejects.toMatchObject(GUARDED);
  });

  it('is published, or scheduled, from ready only', async () => {
    const { editionId } = await makeDraft(test.app, administrator, LEGAL);
    for (const change of [
      `update edition set state = 'published', published_at = now(), total_ms = 1 where id = :edition`,
      `update edition set state = 'scheduled', scheduled_for = now() where id = :edition`,
    ])
      await expect(atTheDatabase(change, editionId)).rejects.toMatchObject(GUARDED);
  });
});

describe('the history of an edition', () => {
  it('says who did what, the newest first', async () => {
    const draft = await makeDraft(test.app, administrator, [...LEGAL, 60_000]);
    const { version } = await seenNow(test.app, administrator, draft.editionId);
    await removeChapter(test.app, colleague, { ...draft, version, chapterId: draft.chapterIds[2]! });
    await checkDraft(test.app, administrator, draft.editionId);
    await finishEdition(test.app, administrator, await seenNow(test.app, administrator, draft.editionId));
    await reopenEdition(test.app, colleague, await seenNow(test.app, administrator, draft.editionId));
    const history = await getHistory(test.app, administrator, draft.editionId);
    expect(history.map(({ what, officerName }) => [what, officerName])).toEqual([
      ['edition.reopened', '見本 次郎'],
      ['edition.finished', '清水 真理'],
      ['question.checked', '確認 係'],
      ['question.checked', '確認 係'],
      ['chapter.removed', '見本 次郎'],
      ...[3, 2, 1].flatMap(() => [
        ['question.saved', '清水 真理'],
        ['chapter.saved', '清水 真理'],
        ['chapter.saved', '清水 真理'],
        ['chapter.added', '清水 真理'],
      ]),
      ['edition.created', '清水 真理'],
    ]);
  });

  it('is for its own commission', async () => {
    const stranger = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
    await expect(getHistory(test.app, stranger, await ready())).rejects.toMatchObject({
      code: 'not_allowed',
    });
  });
});
