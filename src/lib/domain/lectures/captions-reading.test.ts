import { describe, expect, it } from 'vitest';
import type { Cue } from './captions.ts';
import { findCaptionsWarnings } from './captions-reading.ts';
import type { LanguageCode } from './languages.ts';

const cue = (seconds: number, ...lines: string[]): Cue => ({
  line: 3,
  startMs: 60_000,
  endMs: 60_000 + seconds * 1_000,
  lines,
});
const kinds = (language: LanguageCode, ...cues: Cue[]) =>
  findCaptionsWarnings(cues, language).map(({ kind }) => kind);

describe('captions read well', () => {
  it('when there is time for each of their characters', () => {
    expect(kinds('ja', cue(2, '歩行者が', '優先です。'))).toEqual([]);
    expect(kinds('en', cue(3, 'Pedestrians have priority', 'at crossings.'))).toEqual([]);
  });

  it('with letters counted as readers see them, however many signs they carry', () => {
    const sinhala = 'ශ්‍රී'; // one letter of six code points, or two in older tables
    expect(kinds('si', cue(1, sinhala.repeat(8)))).toEqual([]);
    expect(kinds('ne', cue(1, 'नि'.repeat(17)))).toEqual([]);
    expect(kinds('ne', cue(1, 'नि'.repeat(18)))).toEqual(['tooFast']);
  });
});

describe('captions are hard to read', () => {
  it('when they are too fast, with how fast and at what time', () => {
    expect(findCaptionsWarnings([cue(1, '横断歩道では待ちます')], 'ja')).toEqual([
      { kind: 'tooFast', line: 3, startMs: 60_000, actual: 10, advised: 8 },
    ]);
    expect(kinds('zh', cue(1, '人行横道前要停车等候'))).toEqual(['tooFast']);
  });

  it('when a line is longer than the picture is wide, or there are too many', () => {
    expect(kinds('ja', cue(9, 'あ'.repeat(21)))).toEqual(['tooLong']);
    expect(kinds('ur', cue(9, 'ر'.repeat(43)))).toEqual(['tooLong']);
    expect(kinds('en', cue(9, 'one', 'two', 'three'))).toEqual(['tooManyLines']);
  });

  it('when there is nothing in them', () => {
    expect(kinds('ja', cue(1), cue(1, ' ', ''))).toEqual(['empty', 'empty']);
  });
});
