import { rmSync } from 'node:fs';
import path from 'node:path';
import { authenticate, type Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { getEdition } from '#lib/server/lectures/get-edition.ts';
import { getVideo } from '#lib/server/videos/get-video.ts';
import { listLectures } from '#lib/server/lectures/list-lectures.ts';
import { NATIONAL_LIBRARY } from '../named-officers.ts';
import { makeSampleLecture, type SampleLecture } from '../sample-lecture/make-sample-lecture.ts';
import { seedLecture } from '../seed/seed-lecture.ts';

const COMMISSION = 'kanagawa';
const CLASSES = ['excellent', 'general'] as const;
const POLL_MS = 500;

export interface SeedLecturesOptions {
  readonly folder: string;
  readonly isFull: boolean;
  readonly isSmall: boolean;
  /** What is being done and how far it is, 0 to 1. */
  readonly onProgress: (label: string, done: number) => void;
}

/** Waits until the worker has made segments of a video, telling how far it is. Throws when it was refused or failed. */
async function waitForVideo(
  app: App,
  administrator: Administrator,
  videoId: string,
  onDone: (done: number) => void,
) {
  for (;;) {
    const video = await getVideo(app, administrator, videoId);
    if (video.state === 'ready') return;
    if (video.state === 'refused' || video.state === 'failed') {
      throw new Error(
        `the sample video ${video.title} was not accepted: ${video.refusalCode ?? video.state}`,
      );
    }
    onDone(video.progressPercent / 100);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** The commissions of the demo ask their learners once a chapter whether they are watching. */
async function askPresence({ db }: App): Promise<void> {
  await db
    .updateTable('commission')
    .set({ presencePerChapter: 1 })
    .where('code', 'in', ['kanagawa', 'tokyo'])
    .execute();
}

function administratorOf(officerId: string, commissionCode: string): Administrator {
  return authenticate<Administrator>({
    kind: 'administrator',
    officerId,
    name: '',
    commissionCode,
    sessionIdSha256: '',
  });
}

/** The first chapter of a sample, published in the national library; answers its id there. */
async function seedNationalChapter(
  app: App,
  authors: { administrator: Administrator; colleague: Administrator },
  sample: SampleLecture,
  videoIds: readonly string[],
): Promise<string> {
  const titles = { titleJa: '全国共通の章(見本)', titleEn: 'Chapters for the whole country (sample)' };
  const library = { ...sample, ...titles, chapters: sample.chapters.slice(0, 1) };
  const editionId = await seedLecture(app, authors, library, videoIds);
  const [chapter] = (await getEdition(app, authors.administrator, editionId)).chapters;
  if (!chapter) throw new Error('the national library has no chapter');
  return chapter.id;
}

/** Who writes and who checks, by the ids of their officers. */
export interface Authors {
  readonly administrator: string;
  readonly colleague: string;
}

const authorsOf = ({ administrator, colleague }: Authors, commissionCode: string) => ({
  administrator: administratorOf(administrator, commissionCode),
  colleague: administratorOf(colleague, commissionCode),
});

/**
 * The sample lectures, through the administrator's own operations: upload, transcoding by the worker, composition,
 * a colleague's check of the questions, publication. A class that has a published edition is left alone.
 */
export async function seedLectures(
  app: App,
  officerIds: { readonly kanagawa: Authors; readonly national: Authors },
  options: SeedLecturesOptions,
): Promise<void> {
  const own = authorsOf(officerIds.kanagawa, COMMISSION);
  const national = authorsOf(officerIds.national, NATIONAL_LIBRARY.code);
  const { administrator } = own;
  await askPresence(app);
  const lectures = await listLectures(app, administrator);
  const published = new Set(
    lectures
      .filter(({ editions }) => editions.some(({ state }) => state === 'published'))
      .map((lecture) => lecture.lectureClass),
  );
  const sources = path.join(options.folder, 'sample');
  for (const only of CLASSES.filter((lectureClass) => !published.has(lectureClass))) {
    const [sample] = await makeSampleLecture({
      outDir: sources,
      ffmpegPath: app.config.ffmpegPath,
      full: options.isFull,
      isSmall: options.isSmall,
      only,
      onProgress: (done, total, label) =>
        options.onProgress(`講習の動画を作っています / drawing: ${label}`, done / total),
    });
    if (!sample) throw new Error(`no sample lecture was made for ${only}`);
    // One chapter is the same for the whole country.
    const ownerOf = (index: number) =>
      only === 'excellent' && index === 0 ? national.administrator : administrator;
    const videoIds: string[] = [];
    for (const [index, { file, titleJa }] of sample.chapters.entries()) {
      videoIds.push(await importVideoFile(app, ownerOf(index), { path: file, title: titleJa }));
    }
    for (const [index, videoId] of videoIds.entries()) {
      await waitForVideo(app, ownerOf(index), videoId, (done) => {
        const label = `動画を変換しています / transcoding: ${sample.titleJa}`;
        options.onProgress(label, (index + done) / videoIds.length);
      });
    }
    const taken = new Map<number, string>();
    if (only === 'excellent') taken.set(0, await seedNationalChapter(app, national, sample, videoIds));
    await seedLecture(app, own, sample, videoIds, taken);
  }
  rmSync(sources, { recursive: true, force: true });
}
