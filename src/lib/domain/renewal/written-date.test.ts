import { describe, expect, it } from 'vitest';
import { isBlank, readWrittenDate, type YearCount } from './written-date.ts';

const read = (count: YearCount, year: string, month = '1', day = '2') =>
  readWrittenDate({ count, year, month, day });

describe('a date as people write it', () => {
  it.each([
    ['western', '1985', '1985-01-02'],
    ['showa', '32', '1957-01-02'],
    ['showa', '64', '1989-01-02'],
    ['heisei', '元', '1989-01-02'],
    ['heisei', '35', '2023-01-02'],
    ['reiwa', '8', '2026-01-02'],
    ['showa', '32', '1957-01-02'],
    ['western', ' 1985 ', '1985-01-02'],
  ] as const)('%s %s is %s', (count, year, date) => expect(read(count, year)).toBe(date));

  it.each([
    ['western', ''],
    ['western', '0'],
    ['western', '85.5'],
    ['western', '-1985'],
    ['western', '1e3'],
    ['western', '19850'],
    ['western', '千'],
    ['showa', '100'],
    ['western', '9'.repeat(100_000)],
  ] as const)('%s %s is none', (count, year) => expect(read(count, year)).toBeNull());

  it('knows which days there are', () => {
    expect(read('western', '2024', '2', '29')).toBe('2024-02-29');
    expect(read('western', '2025', '2', '29')).toBeNull();
    expect(read('western', '2025', '13', '1')).toBeNull();
    expect(read('western', '2025', '4', '31')).toBeNull();
  });
});

it('is blank only when nothing was written', () => {
  expect(isBlank({ count: 'reiwa', year: '', month: ' ', day: '' })).toBe(true);
  expect(isBlank({ count: 'reiwa', year: '', month: '1', day: '' })).toBe(false);
});
