import { describe, expect, it } from 'vitest';
import { nextStep, type ChapterProgress } from './steps.ts';

const fresh = (chapterId: string): ChapterProgress => ({
  chapterId,
  durationMs: 30_000,
  creditedMs: 0,
  isAnswered: false,
  hasPhoto: false,
});
const finished = (chapterId: string): ChapterProgress => ({
  ...fresh(chapterId),
  creditedMs: 30_000,
  isAnswered: true,
  hasPhoto: true,
});

describe('what comes next', () => {
  it('is the first chapter for somebody who has just begun', () => {
    expect(nextStep([fresh('one'), fresh('two')], false)).toEqual({ kind: 'watch', chapterId: 'one' });
  });
  it('is still the video when its last millisecond is missing', () => {
    expect(nextStep([{ ...fresh('one'), creditedMs: 29_999 }], false)).toEqual({
      kind: 'watch',
      chapterId: 'one',
    });
  });
  it('is the question after the video and the photo after the question', () => {
    const watched = { ...fresh('one'), creditedMs: 30_000 };
    expect(nextStep([watched], false)).toEqual({ kind: 'question', chapterId: 'one' });
    expect(nextStep([{ ...watched, isAnswered: true }], false)).toEqual({ kind: 'photo', chapterId: 'one' });
  });
  it('does not open the second chapter before the first has its photo', () => {
    const withoutPhoto = { ...finished('one'), hasPhoto: false };
    expect(nextStep([withoutPhoto, finished('two')], false)).toEqual({ kind: 'photo', chapterId: 'one' });
  });
  it('is the survey at the end, and then nothing more', () => {
    expect(nextStep([finished('one'), finished('two')], false)).toEqual({ kind: 'survey' });
    expect(nextStep([finished('one'), finished('two')], true)).toEqual({ kind: 'done' });
  });
});
