import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { captionsEndMs, findCaptionsFault, readCaptions } from './captions.ts';

const vtt = (...lines: string[]) => ['WEBVTT', '', ...lines].join('\n');
const FIRST = ['00:01.000 --> 00:04.000', '横断歩道では歩行者が優先です。'];
const SECOND = ['00:00:04.000 --> 00:00:09.500 line:85%', 'Pedestrians have', 'priority at crossings.'];

describe('captions that can be shown', () => {
  it('have a header, and cues in order', () => {
    expect(findCaptionsFault(vtt(...FIRST, '', ...SECOND))).toBeNull();
  });

  it('may carry names of cues, notes, styles, Windows line ends and a byte order mark', () => {
    const text = vtt(
      'NOTE',
      '収録 2026-11-01',
      '',
      'STYLE',
      '::cue { color: white }',
      '',
      '章1',
      ...FIRST,
      '',
      '2',
      ...SECOND,
    );
    expect(findCaptionsFault(`\uFEFF${text.replaceAll('\n', '\r\n')}\r\n`)).toBeNull();
    expect(findCaptionsFault(text.replace('WEBVTT', 'WEBVTT - 第1章'))).toBeNull();
  });

  it('may say in the header what they are, as some programs write it', () => {
    expect(
      findCaptionsFault(vtt(...FIRST).replace('WEBVTT', 'WEBVTT\nKind: captions\nLanguage: ja')),
    ).toBeNull();
  });

  it('may run for hours', () => {
    expect(findCaptionsFault(vtt('01:59:58.000 --> 01:59:59.999', '終わり'), 7_200_000)).toBeNull();
  });

  it('may end with the last frame of the video', () => {
    expect(findCaptionsFault(vtt(...FIRST), 3_900)).toBeNull();
  });
});

describe('the line of the first fault', () => {
  it.each([
    ['nothing at all', '', 'header', 1],
    ['another format', '1\n00:00:01,000 --> 00:00:02,000\nSubRip', 'header', 1],
    ['no empty line behind the header', ['WEBVTT', ...FIRST].join('\n'), 'header', 2],
    ['a word that only begins like the header', 'WEBVTTX\n\n', 'header', 1],
    ['no cue', 'WEBVTT\n', 'noCues', 2],
    ['a comma instead of the point', vtt(FIRST[0]!.replaceAll('.', ','), 'a'), 'timing', 3],
    ['seconds that do not exist', vtt('00:61.000 --> 01:02.000', 'a'), 'timing', 3],
    ['an end before the start', vtt(...FIRST, '', '00:06.000 --> 00:05.000', 'a'), 'timing', 6],
    ['a cue of no length', vtt('00:06.000 --> 00:06.000', 'a'), 'timing', 3],
    ['words without a time', vtt('横断歩道'), 'timing', 3],
    ['cues out of order', vtt(...SECOND, '', ...FIRST), 'order', 7],
    ['cues over one another', vtt(...FIRST, '', '00:03.999 --> 00:05.000', 'a'), 'overlap', 6],
    ['two cues without an empty line between', vtt(...FIRST, '00:02.000 --> 00:03.000', 'a'), 'overlap', 5],
    ['a file that was not UTF-8', vtt(FIRST[0]!, '\uFFFD\uFFFDf'), 'encoding', 4],
    ['a character that is none', vtt(FIRST[0]!, 'a\0b'), 'encoding', 4],
  ] as const)('is told of %s', (_, text, kind, line) => {
    expect(findCaptionsFault(text)).toEqual({ kind, line });
  });

  it('is told of a cue that goes on after the video', () => {
    expect(findCaptionsFault(vtt(...FIRST, '', ...SECOND), 8_000)).toEqual({ kind: 'beyondEnd', line: 6 });
  });
});

it('reads whatever a file may hold', () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.string(), fc.constantFrom('', '-->', ...FIRST))), (lines) => {
      const fault = findCaptionsFault(vtt(...lines));
      if (fault) expect(fault.line).toBeGreaterThan(0);
    }),
  );
});

describe('all faults of a file', () => {
  it('are told at once, each with its line', () => {
    const late = ['00:20.000 --> 00:30.000', 'late'];
    const text = vtt(
      ...SECOND,
      '',
      ...FIRST,
      '',
      'words only',
      '',
      '00:05,000 --> 00:06,000',
      'x',
      '',
      ...late,
    );
    expect(readCaptions(text, 10_000).faults).toEqual([
      { kind: 'order', line: 7 },
      { kind: 'timing', line: 10 },
      { kind: 'timing', line: 12 },
      { kind: 'beyondEnd', line: 15 },
    ]);
  });
});

describe('the cues of a file', () => {
  it('are what is read, without the signs of WebVTT, and notes are none', () => {
    const text = vtt(
      'NOTE hidden',
      'more',
      '',
      '1',
      FIRST[0]!,
      '<v 先生>止まる',
      '<i>待つ</i>',
      '',
      ...SECOND,
    );
    expect(readCaptions(text).cues).toEqual([
      { line: 7, startMs: 1_000, endMs: 4_000, lines: ['止まる', '待つ'] },
      { line: 11, startMs: 4_000, endMs: 9_500, lines: ['Pedestrians have', 'priority at crossings.'] },
    ]);
    expect(captionsEndMs(text)).toBe(9_500);
  });
});
