import { randomBytes, randomUUID } from 'node:crypto';
import type { App } from '#lib/server/app.ts';
import { wrapSecret } from '#lib/server/media/video-secret.ts';

export interface PublishedLecture {
  readonly editionId: string;
  readonly masterSecret: Buffer;
  readonly chapters: readonly {
    readonly id: string;
    readonly videoId: string;
    readonly englishVideoId: string | null;
    readonly durationMs: number;
    /** Of the first question. */
    readonly rightChoiceId: string;
    readonly wrongChoiceId: string;
    readonly bank: readonly BankQuestion[];
  }[];
}

interface BankQuestion {
  readonly questionId: string;
  readonly rightChoiceId: string;
  readonly wrongChoiceId: string;
}

interface PublishOptions {
  readonly commissionCode?: string;
  readonly lectureClass?: 'excellent' | 'general';
  /** In the bank of each chapter. */
  readonly questionCount?: number;
  /** Lengths of the English version's own videos, as far as it has any. */
  readonly englishMs?: readonly number[];
  /** Videos that are there already, for chapters that somebody is to watch. */
  readonly videoIds?: readonly string[];
}

const SEGMENT_MS = 6_000;

async function insertVideo(
  app: App,
  title: string,
  durationMs: number,
  { wrapped, keyId }: ReturnType<typeof wrapSecret>,
): Promise<string> {
  const id = randomUUID();
  await app.db
    .insertInto('video')
    .values({
      ...{ id, title, state: 'ready', fileName: 'sample.mp4', sourceKey: `sources/${id}`, sourceBytes: 1 },
      ...{ progressPercent: 100, readyAt: app.clock.now(), durationMs, mediaPrefix: `media/${id}` },
      segmentStartsMs: Array.from({ length: Math.ceil(durationMs / SEGMENT_MS) }, (_, n) => n * SEGMENT_MS),
      wrappedSecret: wrapped,
      wrappingKeyId: keyId,
    })
    .execute();
  return id;
}

async function insertQuestion(db: App['db'], chapterId: string, position: number): Promise<BankQuestion> {
  const { id: questionId } = await db
    .insertInto('question')
    .values({ chapterId, position })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('questionLanguage')
    .values([
      { questionId, language: 'ja', text: `問${position}`, explanation: '解説' },
      { questionId, language: 'en', text: `Q${position}`, explanation: 'Because' },
    ])
    .execute();
  const [right, wrong] = await db
    .insertInto('choice')
    .values([
      { questionId, position: 1, isRight: true },
      { questionId, position: 2, isRight: false },
    ])
    .returning('id')
    .execute();
  const [rightChoiceId, wrongChoiceId] = [right!.id, wrong!.id];
  await db
    .insertInto('choiceLanguage')
    .values([
      { choiceId: rightChoiceId, language: 'ja', text: '正' },
      { choiceId: rightChoiceId, language: 'en', text: 'right' },
      { choiceId: wrongChoiceId, language: 'ja', text: '誤' },
      { choiceId: wrongChoiceId, language: 'en', text: 'wrong' },
    ])
    .execute();
  return { questionId, rightChoiceId, wrongChoiceId };
}

/** A published edition whose segments are only numbers: for tests of the rule, which never reads media. */
export async function publishLecture(
  app: App,
  durationsMs: readonly number[],
  {
    commissionCode = 'kanagawa',
    lectureClass = 'excellent',
    questionCount = 1,
    englishMs = [],
    videoIds = [],
  }: PublishOptions = {},
): Promise<PublishedLecture> {
  const { db } = app;
  const masterSecret = randomBytes(32);
  const secret = wrapSecret(app.config.wrappingKey, masterSecret);
  const lecture = await db
    .insertInto('lecture')
    .values({ commissionCode, lectureClass, titleJa: '見本の講習', titleEn: 'Sample lecture' })
    .returning('id')
    .executeTakeFirstOrThrow();
  const totalMs = durationsMs.reduce((sum, ms) => sum + ms, 0);
  const edition = await db
    .insertInto('edition')
    .values({ lectureId: lecture.id, number: 1 })
    .returning('id')
    .executeTakeFirstOrThrow();
  const chapters: PublishedLecture['chapters'][number][] = [];
  for (const [index, durationMs] of durationsMs.entries()) {
    const position = index + 1;
    const videoId = videoIds[index] ?? (await insertVideo(app, `第${position}章`, durationMs, secret));
    const ownMs = englishMs[index];
    const englishVideoId =
      ownMs === undefined ? null : await insertVideo(app, `Chapter ${position}`, ownMs, secret);
    const { id } = await db
      .insertInto('chapter')
      .values({ editionId: edition.id, position })
      .returning('id')
      .executeTakeFirstOrThrow();
    const version = { chapterId: id, captionsVtt: 'WEBVTT\n\n00:00.000 --> 00:01.000\n1\n' };
    await db
      .insertInto('chapterLanguage')
      .values([
        { ...version, language: 'ja', title: `第${position}章`, videoId },
        { ...version, language: 'en', title: `Chapter ${position}`, videoId: englishVideoId },
      ])
      .execute();
    const bank: BankQuestion[] = [];
    for (let number = 1; number <= questionCount; number += 1)
      bank.push(await insertQuestion(db, id, number));
    chapters.push({ id, videoId, englishVideoId, durationMs, bank, ...bank[0]! });
  }
  const move = (values: { state: string; publishedAt?: Date; totalMs?: number }) =>
    db.updateTable('edition').set(values).where('id', '=', edition.id).execute();
  await move({ state: 'ready' });
  await move({ state: 'published', publishedAt: app.clock.now(), totalMs });
  return { editionId: edition.id, masterSecret, chapters };
}
