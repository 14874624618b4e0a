import { describe, expect, it } from 'vitest';
import { formatDate, formatDateTime, formatDateWithWeekday, formatMinutesSeconds } from './format-date.ts';

describe('a date is written', () => {
  it.each([
    ['2026-11-22', '2026年(令和8年)11月22日', '22 November 2026 (Reiwa 8)'],
    ['2019-05-01', '2019年(令和元年)5月1日', '1 May 2019 (Reiwa 1)'],
    ['2019-04-30', '2019年(平成31年)4月30日', '30 April 2019 (Heisei 31)'],
    ['1957-12-10', '1957年(昭和32年)12月10日', '10 December 1957 (Shōwa 32)'],
  ])('%s with both years', (date, ja, en) => {
    expect(formatDate(date, 'ja')).toBe(ja);
    expect(formatDate(date, 'en')).toBe(en);
  });

  it('with the day of the week where somebody has to go somewhere', () => {
    expect(formatDateWithWeekday('2026-11-24', 'ja')).toBe('2026年(令和8年)11月24日(火)');
    expect(formatDateWithWeekday('2026-11-24', 'en')).toBe('Tuesday, 24 November 2026 (Reiwa 8)');
  });

  it('and an instant as clocks in Japan show it', () => {
    expect(formatDateTime(new Date('2026-11-22T15:05:00Z'), 'ja')).toBe('2026年(令和8年)11月23日 0:05');
    expect(formatDateTime(new Date('2026-11-22T15:05:00Z'), 'en')).toBe('23 November 2026 (Reiwa 8), 00:05');
  });
});

describe('a date in a further language', () => {
  it.each([
    ['zh', '2026年11月22日 (令和8年)', '2026年11月22日星期日 (令和8年)'],
    ['pt', '22 de novembro de 2026 (令和8年)', 'domingo, 22 de novembro de 2026 (令和8年)'],
    ['th', '22 พฤศจิกายน 2026 (令和8年)', 'วันอาทิตย์ที่ 22 พฤศจิกายน ค.ศ. 2026 (令和8年)'],
    ['ne', '2026 नोभेम्बर 22 (令和8年)', '2026 नोभेम्बर 22, आइतबार (令和8年)'],
    ['ur', '22 نومبر، 2026 (令和8年)', 'اتوار، 22 نومبر، 2026 (令和8年)'],
  ] as const)('%s has the western year and the year that stands on the licence', (language, day, weekday) => {
    expect(formatDate('2026-11-22', language)).toBe(day);
    expect(formatDateWithWeekday('2026-11-22', language)).toBe(weekday);
    expect(formatDateTime(new Date('2026-11-22T00:05:00Z'), language)).toBe(`${day}, 09:05`);
  });

  it('calls the first year of an era 元年', () => {
    expect(formatDate('2019-05-01', 'id')).toBe('1 Mei 2019 (令和元年)');
  });
});

describe('a length of time is written', () => {
  it.each([
    [0, '0分00秒', '0 min 00 s'],
    [65_999, '1分05秒', '1 min 05 s'],
    [3_600_000, '60分00秒', '60 min 00 s'],
  ])('%d ms', (ms, ja, en) => {
    expect(formatMinutesSeconds(ms, 'ja')).toBe(ja);
    expect(formatMinutesSeconds(ms, 'en')).toBe(en);
  });
});
