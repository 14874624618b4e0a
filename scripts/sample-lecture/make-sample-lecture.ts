/** Makes the videos and captions of the sample lectures, and hands over all that an edition needs beside them. */
import { mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { DraftQuestion } from '#lib/domain/lectures/edition.ts';
import { planCues, writeWebVtt } from './captions.ts';
import { excellentLecture } from './excellent.ts';
import { generalLecture } from './general.ts';
import type { ChapterScript, CheckQuestion, LectureScript, SampleLectureClass } from './lecture-script.ts';
import type { Stereo } from './loudness.ts';
import { chapterSound, makeMusicBed } from './music.ts';
import { drawProgressCar, drawSlide, drawTitle, renderPng } from './slide.ts';
import { planShowings, type Showing } from './timing.ts';
import { makeChapterVideo } from './video.ts';

export interface SampleChapter {
  /** The MP4's path. */
  readonly file: string;
  readonly durationMs: number;
  readonly titleJa: string;
  readonly titleEn: string;
  /** WebVTT. */
  readonly captionsJa: string;
  readonly captionsEn: string;
  readonly question: DraftQuestion;
}

export interface SampleLecture {
  readonly lectureClass: SampleLectureClass;
  readonly titleJa: string;
  readonly titleEn: string;
  readonly chapters: readonly SampleChapter[];
}

export interface MakeSampleLectureOptions {
  readonly outDir: string;
  readonly ffmpegPath: string;
  /** The legal 30 and 60 minutes instead of a twentieth of them. */
  readonly full?: boolean;
  readonly only?: SampleLectureClass;
  /** Small pictures: see ChapterVideo. */
  readonly isSmall?: boolean;
  readonly onProgress?: (done: number, total: number, label: string) => void;
}

export const LECTURES: readonly LectureScript[] = [excellentLecture, generalLecture];

/** Makes both lectures, or `only` one, in `outDir`; a chapter's files appear there only when they are whole. */
export async function makeSampleLecture(options: MakeSampleLectureOptions): Promise<SampleLecture[]> {
  const { outDir, full = false, onProgress } = options;
  await mkdir(outDir, { recursive: true });
  const scripts = LECTURES.filter(
    (lecture) => options.only === undefined || lecture.lectureClass === options.only,
  );
  const total = scripts.reduce((sum, lecture) => sum + lecture.chapters.length, 0);
  const bed = makeMusicBed();
  let done = 0;
  const lectures: SampleLecture[] = [];
  for (const lecture of scripts) {
    const chapters: SampleChapter[] = [];
    for (const [index, chapter] of lecture.chapters.entries()) {
      onProgress?.(done, total, `${lecture.title.ja} 第${index + 1}章 ${chapter.title.ja}`);
      chapters.push(
        await makeChapter(lecture, chapter, {
          outDir,
          full,
          isSmall: options.isSmall ?? false,
          bed,
          number: index + 1,
          ffmpegPath: options.ffmpegPath,
        }),
      );
      done += 1;
    }
    lectures.push({
      lectureClass: lecture.lectureClass,
      titleJa: lecture.title.ja,
      titleEn: lecture.title.en,
      chapters,
    });
  }
  onProgress?.(done, total, lectures.at(-1)?.titleJa ?? '');
  return lectures;
}

interface ChapterOptions {
  readonly outDir: string;
  readonly ffmpegPath: string;
  readonly full: boolean;
  readonly isSmall: boolean;
  readonly bed: Stereo;
  readonly number: number;
}

async function makeChapter(
  lecture: LectureScript,
  chapter: ChapterScript,
  options: ChapterOptions,
): Promise<SampleChapter> {
  const { outDir, full, isSmall, bed, number, ffmpegPath } = options;
  const durationMs = lecture.chapterSeconds[full ? 'full' : isSmall ? 'small' : 'short'] * 1000;
  const showings = planShowings(chapter, durationMs, full);
  const cues = planCues(showings);
  const captionsJa = writeWebVtt(cues, 'ja');
  const captionsEn = writeWebVtt(cues, 'en');
  const name = `${lecture.lectureClass}-${number}`;
  const file = path.join(outDir, `${name}.mp4`);
  const work = await mkdtemp(path.join(tmpdir(), 'koshu-slides-'));
  try {
    const files = await drawShowings(work, showings, lecture, chapter, number);
    const progressCarFile = path.join(work, 'car.png');
    await writeFile(progressCarFile, renderPng(drawProgressCar()));
    const unfinished = path.join(outDir, `.${name}.unfinished.mp4`);
    await makeChapterVideo({
      ffmpegPath,
      slides: showings.map(({ startMs, endMs }, index) => ({ file: files[index] ?? '', startMs, endMs })),
      progressCarFile,
      sound: chapterSound(
        bed,
        durationMs,
        showings.slice(1).map((showing) => showing.startMs),
      ),
      durationMs,
      outFile: unfinished,
      isSmall,
    });
    await writeFile(path.join(outDir, `${name}.ja.vtt`), captionsJa);
    await writeFile(path.join(outDir, `${name}.en.vtt`), captionsEn);
    await rename(unfinished, file);
  } finally {
    await rm(work, { recursive: true, force: true });
  }
  return {
    file,
    durationMs,
    titleJa: chapter.title.ja,
    titleEn: chapter.title.en,
    captionsJa,
    captionsEn,
    question: sampleQuestion(chapter.question),
  };
}

/** Draws every different slide once and answers the file of each showing. */
async function drawShowings(
  folder: string,
  showings: readonly Showing[],
  lecture: LectureScript,
  chapter: ChapterScript,
  chapterNumber: number,
): Promise<string[]> {
  const count = Math.max(...showings.map((showing) => showing.index)) + 1;
  const files = new Map<string, string>();
  for (const { slide, index, isReview } of showings) {
    const name = `${index}${isReview ? '-review' : ''}.png`;
    if (files.has(name)) continue;
    const place = {
      chapterNumber,
      chapterTitle: chapter.title.ja,
      lectureTitle: lecture.title.ja,
      index,
      count,
      isReview,
    };
    const file = path.join(folder, name);
    await writeFile(
      file,
      renderPng(slide === undefined ? drawTitle(chapter, place) : drawSlide(slide, place)),
    );
    files.set(name, file);
  }
  return showings.map(({ index, isReview }) => files.get(`${index}${isReview ? '-review' : ''}.png`) ?? '');
}

function sampleQuestion({ text, explanation, choices }: CheckQuestion): DraftQuestion {
  return {
    words: {
      ja: { text: text.ja, explanation: explanation.ja },
      en: { text: text.en, explanation: explanation.en },
    },
    choices: choices.map((choice) => ({ texts: choice.text, isRight: choice.isRight })),
  };
}
