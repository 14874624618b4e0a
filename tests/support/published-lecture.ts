import { randomBytes, randomUUID } from 'node:crypto';
import type { App } from '#lib/server/app.ts';
import { wrapSecret } from '#lib/server/media/video-secret.ts';

export interface PublishedLecture {
  readonly editionId: string;
  readonly masterSecret: Buffer;
  readonly chapters: readonly {
    readonly id: string;
    readonly videoId: string;
    readonly durationMs: number;
    readonly rightChoiceId: string;
    readonly wrongChoiceId: string;
  }[];
}

const SEGMENT_MS = 6_000;

/** A published edition whose segments are only numbers: for tests of the rule, which never reads media. */
export async function publishLecture(
  app: App,
  durationsMs: readonly number[],
  { commissionCode = 'kanagawa', lectureClass = 'excellent' } = {},
): Promise<PublishedLecture> {
  const { db } = app;
  const masterSecret = randomBytes(32);
  const { wrapped, keyId } = wrapSecret(app.config.wrappingKey, masterSecret);
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
    const videoId = randomUUID();
    await db
      .insertInto('video')
      .values({
        id: videoId,
        title: `第${position}章`,
        state: 'ready',
        fileName: 'sample.mp4',
        sourceKey: `sources/${videoId}`,
        sourceBytes: 1,
        progressPercent: 100,
        readyAt: app.clock.now(),
        durationMs,
        segmentStartsMs: Array.from({ length: Math.ceil(durationMs / SEGMENT_MS) }, (_, n) => n * SEGMENT_MS),
        mediaPrefix: `media/${videoId}`,
        wrappedSecret: wrapped,
        wrappingKeyId: keyId,
      })
      .execute();
    const { id } = await db
      .insertInto('chapter')
      .values({
        editionId: edition.id,
        position,
        titleJa: `第${position}章`,
        titleEn: `Chapter ${position}`,
        videoId,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    const question = await db
      .insertInto('question')
      .values({ chapterId: id, textJa: '問', textEn: 'Q', explanationJa: '解説', explanationEn: 'Because' })
      .returning('id')
      .executeTakeFirstOrThrow();
    const [right, wrong] = await db
      .insertInto('choice')
      .values([
        { questionId: question.id, position: 1, textJa: '正', textEn: 'right', isRight: true },
        { questionId: question.id, position: 2, textJa: '誤', textEn: 'wrong', isRight: false },
      ])
      .returning('id')
      .execute();
    chapters.push({ id, videoId, durationMs, rightChoiceId: right!.id, wrongChoiceId: wrong!.id });
  }
  const move = (values: { state: string; publishedAt?: Date; totalMs?: number }) =>
    db.updateTable('edition').set(values).where('id', '=', edition.id).execute();
  await move({ state: 'ready' });
  await move({ state: 'published', publishedAt: app.clock.now(), totalMs });
  return { editionId: edition.id, masterSecret, chapters };
}
