import { describe, expect, it } from 'vitest';
import { StatisticsPeriod } from '#lib/server/lectures/get-edition-statistics.ts';
import { readPeriod, searchOf } from './read-period.ts';

const TODAY = '2026-11-22';
const periodOf = (search: string) => StatisticsPeriod.safeParse(read(search).wanted).data;
const read = (search: string) => readPeriod(new URLSearchParams(search), TODAY);

describe('the period of an address', () => {
  it.each([
    ['', { from: null, to: null }],
    ['period=all&from=2026-11-01', { from: null, to: null }],
    ['period=nonsense', { from: null, to: null }],
    ['period=month', { from: '2026-10-24', to: null }],
    ['period=days&from=2026-11-01&to=2026-11-01', { from: '2026-11-01', to: '2026-11-01' }],
    ['period=days&from=&to=2026-11-01', { from: null, to: '2026-11-01' }],
    ['period=days', { from: null, to: null }],
  ])('%s', (search, period) => {
    expect(periodOf(search)).toEqual(period);
  });

  it.each(['from=2026-02-30', 'from=2026-11-02&to=2026-11-01', 'to=tomorrow', 'from=2026-1-1'])(
    'is none when the days are wrong: %s',
    (days) => {
      expect(periodOf(`period=days&${days}`)).toBeUndefined();
    },
  );

  it('can be asked for again', () => {
    for (const search of ['', 'period=month', 'period=days&from=2026-11-01&to=']) {
      expect(searchOf(read(search)).replace('?', '')).toBe(search);
    }
  });
});
