import { randomBytes, randomUUID } from 'node:crypto';
import type { DraftQuestion } from '#lib/domain/lectures/edition.ts';
import { authenticate, type Administrator, type Learner } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { createEdition } from '#lib/server/lectures/create-edition.ts';
import { createLecture } from '#lib/server/lectures/create-lecture.ts';
import { finishEdition } from '#lib/server/lectures/finish-edition.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { publishEdition } from '#lib/server/lectures/publish-edition.ts';
import { checkQuestions } from '../../scripts/seed/check-questions.ts';
import { composeChapter, type ChapterContent } from '../../scripts/seed/compose-chapter.ts';

/** An administrator of this commission, signed in. */
export async function makeAdministrator(
  app: App,
  commissionCode = 'kanagawa',
  name = '清水 真理',
): Promise<Administrator> {
  const { id: officerId } = await app.db
    .insertInto('officer')
    .values({ role: 'administrator', name, commissionCode })
    .returning('id')
    .executeTakeFirstOrThrow();
  return authenticate<Administrator>({
    kind: 'administrator',
    officerId,
    name,
    commissionCode,
    sessionIdSha256: '',
  });
}

/** A video that somebody has uploaded; its segments are only numbers. */
export async function makeVideo(
  app: App,
  { officerId }: Administrator,
  durationMs: number,
  state = 'ready',
): Promise<string> {
  const id = randomUUID();
  await app.db
    .insertInto('video')
    .values({
      ...{
        id,
        state,
        title: '見本の動画',
        fileName: 'sample.mp4',
        sourceKey: `uploads/${id}`,
        sourceBytes: 1,
      },
      ...{ uploadedBy: officerId, readyAt: app.clock.now(), durationMs, segmentStartsMs: [0] },
      ...{
        mediaPrefix: `media/${id}`,
        wrappedSecret: randomBytes(60),
        wrappingKeyId: '1',
        refusalCode: 'video_no_sound',
      },
    })
    .execute();
  return id;
}

/** Somebody who is signed in, whoever he is. */
export const learner = authenticate<Learner>({
  kind: 'learner',
  driverId: '',
  credentialId: '',
  sessionIdSha256: '',
});

export const CAPTIONS_JA = 'WEBVTT\n\n00:01.000 --> 00:04.000\n横断歩道では歩行者が優先です。\n';
export const CAPTIONS_EN = 'WEBVTT\n\n00:01.000 --> 00:04.000\nPedestrians go first.\n';

export const QUESTION: DraftQuestion = {
  words: {
    ja: { text: '横断歩道に人がいます。どうしますか。', explanation: '道路交通法38条' },
    en: { text: 'Somebody is at the crossing. What do you do?', explanation: 'Road Traffic Act, art. 38' },
  },
  choices: [
    { texts: { ja: '止まる', en: 'Stop' }, isRight: true },
    { texts: { ja: '進む', en: 'Go' }, isRight: false },
  ],
};

/** A complete chapter in Japanese and English; `videoId` is still to be chosen. */
export const chapterContent = (
  videoId: string | null,
  { title = '歩行者の優先', ...changes }: Partial<ChapterContent> & { readonly title?: string } = {},
): ChapterContent => ({
  versions: {
    ja: { title, videoId, captions: CAPTIONS_JA },
    en: { title: 'Pedestrians first', videoId: null, captions: CAPTIONS_EN },
  },
  questions: [QUESTION],
  ...changes,
});

/** A new lecture with a draft that has a complete chapter of each of these lengths. */
export async function makeDraft(app: App, administrator: Administrator, durationsMs: readonly number[]) {
  const titles = { titleJa: '見本の講習', titleEn: 'Sample lecture' };
  const lectureId = await createLecture(app, administrator, { lectureClass: 'excellent', ...titles });
  const editionId = await createEdition(app, administrator, { lectureId, from: 'nothing' });
  const chapterIds: string[] = [];
  let version = 1;
  for (const durationMs of durationsMs) {
    const content = chapterContent(await makeVideo(app, administrator, durationMs));
    const saved = await composeChapter(app, administrator, { editionId, version }, content);
    version = saved.version;
    chapterIds.push(saved.chapterId);
  }
  return { lectureId, editionId, version, chapterIds };
}

/** An edition as somebody sees it who looks now. */
export async function seenNow(app: App, administrator: Administrator, editionId: string): Promise<Seen> {
  const { version } = await getEdition(app, administrator, editionId);
  return { editionId, version };
}

/** A new lecture with an edition that is ready. */
export async function makeFinished(app: App, administrator: Administrator, durationsMs: readonly number[]) {
  const draft = await makeDraft(app, administrator, durationsMs);
  return { ...draft, ...(await finishDraft(app, administrator, draft)) };
}

type Seen = { readonly editionId: string; readonly version: number };

/** Somebody else of the same commission answers all questions right in the preview. */
export async function checkDraft(
  app: App,
  { commissionCode }: Administrator,
  editionId: string,
): Promise<void> {
  await checkQuestions(app, await makeAdministrator(app, commissionCode, '確認 係'), editionId);
}

/** Freezes a draft that lacks nothing, when its questions have been checked; answers it as it is to be seen for the next move. */
export async function finishDraft(
  app: App,
  administrator: Administrator,
  { editionId, version }: Seen,
): Promise<Seen> {
  await checkDraft(app, administrator, editionId);
  await finishEdition(app, administrator, { editionId, version });
  return { editionId, version: version + 1 };
}

/** From a draft that lacks nothing to an edition that learners begin on. */
export async function publishDraft(app: App, administrator: Administrator, draft: Seen): Promise<void> {
  await publishEdition(app, administrator, await finishDraft(app, administrator, draft));
}
