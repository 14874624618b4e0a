import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator, Learner } from '#lib/domain/people/actor.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { getCaptions } from '#lib/server/lectures/get-captions.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { saveDescriptions } from '#lib/server/lectures/save-descriptions.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { CAPTIONS_JA, learner, makeAdministrator, makeDraft, publishDraft } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];
const SIGN = 'WEBVTT\n\n00:02.000 --> 00:05.000\n止まれの標識が映っています。\n';

let test: TestApp;
let administrator: Administrator;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
});
afterAll(() => test.close());

async function newDraft() {
  const draft = await makeDraft(test.app, administrator, LEGAL);
  const chapterId = draft.chapterIds[0]!;
  const ids = { chapterId, language: 'ja' } as const;
  return { draft, ids, seen: { editionId: draft.editionId, version: draft.version, ...ids } };
}

const said = (ids: { chapterId: string; language: 'ja' }, actor: Learner | Administrator = learner) =>
  getCaptions(test.app, actor, { ...ids, kind: 'descriptions' });

describe('what is only to be seen, in words', () => {
  it('is heard by learners once the edition is published, beside the captions', async () => {
    const { draft, ids, seen } = await newDraft();
    const version = await saveDescriptions(test.app, administrator, { ...seen, descriptions: SIGN });
    expect(await said(ids, administrator)).toEqual({ text: SIGN, isFinal: false });
    await expect(said(ids)).rejects.toMatchObject({ code: 'not_found' });
    await publishDraft(test.app, administrator, { ...draft, version });
    expect(await said(ids)).toEqual({ text: SIGN, isFinal: true });
    expect(await getCaptions(test.app, learner, ids)).toEqual({ text: CAPTIONS_JA, isFinal: true });
  });

  it('stays as it was published, and comes along into the next edition', async () => {
    const { draft, ids, seen } = await newDraft();
    const version = await saveDescriptions(test.app, administrator, { ...seen, descriptions: SIGN });
    await publishDraft(test.app, administrator, { ...draft, version });
    await expect(
      saveDescriptions(test.app, administrator, { ...seen, version, descriptions: null }),
    ).rejects.toMatchObject({ code: 'edition_not_draft' });
    await expect(
      test.app.db
        .updateTable('chapterLanguage')
        .set({ descriptionsVtt: null })
        .where('chapterId', '=', ids.chapterId)
        .execute(),
    ).rejects.toThrow('is no draft');
    const editionId = await createEdition(test.app, administrator, {
      lectureId: draft.lectureId,
      from: 'newest',
    });
    const next = await getEdition(test.app, administrator, editionId);
    const copied = { chapterId: next.chapters[0]!.id, language: 'ja' } as const;
    expect(await said(copied, administrator)).toEqual({ text: SIGN, isFinal: false });
  });

  it('can be taken away again, and a change that somebody else made first is not lost', async () => {
    const { ids, seen } = await newDraft();
    const version = await saveDescriptions(test.app, administrator, { ...seen, descriptions: SIGN });
    await expect(
      saveDescriptions(test.app, administrator, { ...seen, descriptions: null }),
    ).rejects.toMatchObject({ code: 'edition_changed_meanwhile' });
    await saveDescriptions(test.app, administrator, { ...seen, version, descriptions: null });
    await expect(said(ids, administrator)).rejects.toMatchObject({ code: 'not_found' });
  });

  it.each([
    ['no captions at all', 'a text', { kind: 'header', line: 1 }],
    ['words after the video’s end', 'WEBVTT\n\n20:00.000 --> 20:05.000\nx\n', { kind: 'beyondEnd', line: 3 }],
  ])('is refused with its line when it is %s', async (_, descriptions, fault) => {
    const { seen } = await newDraft();
    await expect(saveDescriptions(test.app, administrator, { ...seen, descriptions })).rejects.toMatchObject({
      code: 'captions_invalid',
      detail: fault,
    });
  });

  it('is refused in a language in which the chapter has not been written', async () => {
    const { seen } = await newDraft();
    await expect(
      saveDescriptions(test.app, administrator, { ...seen, language: 'ur', descriptions: SIGN }),
    ).rejects.toMatchObject({ code: 'not_found' });
  });
});
