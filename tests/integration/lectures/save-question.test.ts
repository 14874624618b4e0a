import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MAX_QUESTIONS } from '#lib/domain/lectures/edition.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { moveQuestion } from '#lib/server/lectures/move-question.ts';
import { removeQuestion } from '#lib/server/lectures/remove-question.ts';
import { saveQuestion, SaveQuestion } from '#lib/server/lectures/save-question.ts';
import { openComposersHouse, type makeComposer } from '../../support/composing.ts';
import { QUESTION } from '../../support/drafts.ts';
import type { TestApp } from '../../support/test-app.ts';

const SOMETHING_ELSE = 'a2b6f0a4-6a5c-4c0a-9d35-0d7e6c3c8f11';

let test: TestApp;
let administrator: Administrator;
let desk: Awaited<ReturnType<typeof makeComposer>>;
beforeAll(async () => {
  ({ test, administrator, desk } = await openComposersHouse());
});
afterAll(() => test.close());

describe('the bank of a chapter', () => {
  it('grows, is ordered, and loses a question, with its choices', async () => {
    const seen = await desk.draftWithChapter();
    const b = await desk.ask(seen, null, '二');
    const c = await desk.ask({ ...seen, version: b.version }, null, '三');
    const first = QUESTION.words.ja!.text;
    expect(await desk.textsOf(seen)).toEqual([first, '二', '三']);
    const at = (version: number, questionId: string) => ({ ...seen, version, questionId });
    let now = await moveQuestion(test.app, administrator, {
      ...at(c.version, c.questionId),
      direction: 'up',
    });
    expect(await desk.textsOf(seen)).toEqual([first, '三', '二']);
    now = await moveQuestion(test.app, administrator, { ...at(now, b.questionId), direction: 'down' });
    expect(await desk.textsOf(seen)).toEqual([first, '三', '二']);
    now = await removeQuestion(test.app, administrator, at(now, c.questionId));
    expect(await desk.textsOf(seen)).toEqual([first, '二']);
    await desk.ask({ ...seen, version: now }, b.questionId, '二の改め');
    const { questions } = await desk.getChapterOf(seen);
    expect(questions.map(({ id }) => id)[1]).toBe(b.questionId);
    expect(questions[1]).toMatchObject({ words: { ja: { text: '二の改め' } }, choices: QUESTION.choices });
  });

  it('keeps the ids of choices with their places, whichever becomes the right one', async () => {
    const seen = await desk.draftWithChapter();
    const [before] = (await desk.getChapterOf(seen)).questions;
    const other = QUESTION.choices.map((choice) => ({ ...choice, isRight: !choice.isRight }));
    const question = {
      words: QUESTION.words,
      choices: [...other, { texts: { ja: '待つ' }, isRight: false }],
    };
    const { version } = await saveQuestion(test.app, administrator, {
      ...seen,
      questionId: before!.id,
      question,
    });
    const [after] = (await desk.getChapterOf(seen)).questions;
    expect(after?.choices.map(({ id }) => id).slice(0, 2)).toEqual(before?.choices.map(({ id }) => id));
    expect(after?.choices.map(({ isRight }) => isRight)).toEqual([false, true, false]);
    const nothing = { words: {}, choices: [] };
    await saveQuestion(test.app, administrator, {
      ...seen,
      version,
      questionId: before!.id,
      question: nothing,
    });
    expect((await desk.getChapterOf(seen)).questions).toMatchObject([{ id: before!.id, ...nothing }]);
  });

  it('is bounded, and knows only its own questions', async () => {
    const seen = await desk.draftWithChapter();
    let { version } = seen;
    for (let number = 2; number <= MAX_QUESTIONS; number += 1)
      ({ version } = await desk.ask({ ...seen, version }, null, String(number)));
    await expect(desk.ask({ ...seen, version }, null, 'x')).rejects.toMatchObject({ code: 'malformed' });
    const gone = { ...seen, version, questionId: SOMETHING_ELSE };
    const refused = { code: 'not_found' };
    await expect(desk.ask(gone, SOMETHING_ELSE, 'x')).rejects.toMatchObject(refused);
    await expect(removeQuestion(test.app, administrator, gone)).rejects.toMatchObject(refused);
    await expect(moveQuestion(test.app, administrator, { ...gone, direction: 'up' })).rejects.toMatchObject(
      refused,
    );
  });

  it('takes no form in which two choices are right or too many, nor text that cannot be kept', () => {
    const seen = { editionId: SOMETHING_ELSE, version: '1', chapterId: SOMETHING_ELSE };
    const [right, wrong] = QUESTION.choices;
    const isAsked = (changes: object) =>
      SaveQuestion.safeParse({ ...seen, questionId: null, question: { ...QUESTION, ...changes } }).success;
    expect(isAsked({})).toBe(true);
    expect(isAsked({ choices: [right, right] })).toBe(false);
    expect(isAsked({ choices: Array(5).fill(wrong) })).toBe(false);
    expect(isAsked({ words: { xx: { text: '', explanation: '' } } })).toBe(false);
    expect(isAsked({ words: { ja: { text: '\0', explanation: '' } } })).toBe(false);
  });
});
