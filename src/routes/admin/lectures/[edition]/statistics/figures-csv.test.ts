import { beforeAll, describe, expect, it } from 'vitest';
import { overwriteGetLocale } from '#lib/paraglide/runtime.js';
import type { FigureTable } from './figure-tables.ts';
import { figuresCsv } from './figures-csv.ts';

const TABLE: FigureTable = {
  caption: '確認問題',
  columns: [
    { heading: '問題', kind: 'text' },
    { heading: '答えた人', kind: 'people' },
    { heading: '誤答の割合', kind: 'share' },
    { heading: '時間', kind: 'time' },
  ],
  rows: [
    ['歩行者は"優先", か', 12_345, 1 / 3, 61_499],
    ['=1+1', 4, null, ''],
  ],
};

describe('the figures as CSV', () => {
  beforeAll(() => overwriteGetLocale(() => 'ja'));

  it('are bare numbers with their unit in the heading, for a spreadsheet in UTF-8', () => {
    expect(figuresCsv([['期間', 'はじめから今日まで']], [TABLE, TABLE])).toBe(
      '\u{FEFF}' +
        ['期間,はじめから今日まで\r\n', '', ''].slice(0, 1).join('') +
        [1, 2]
          .map(
            () =>
              '\r\n区分,問題,答えた人(人),誤答の割合(%),時間(秒)\r\n' +
              '確認問題,"歩行者は""優先"", か",12345,33.3,61\r\n' +
              "確認問題,'=1+1,4,5人未満,\r\n",
          )
          .join(''),
    );
  });
});
