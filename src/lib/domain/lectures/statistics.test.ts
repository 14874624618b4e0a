import { describe, expect, it } from 'vitest';
import { countChapters, countPeople, daysShown, type Standing } from './statistics.ts';

const stand = (
  chapterId: string | null,
  at: Standing['at'],
  people: number,
  more: Partial<Standing> = {},
): Standing => ({ chapterId, at, part: at === 'watching' ? 0 : null, activity: 'resting', people, ...more });

describe('people who have begun a lecture', () => {
  it('have completed, are under way, rest or have given up: nobody is missing, nobody is counted twice', () => {
    const standings = [
      stand('a', 'watching', 3, { activity: 'underWay' }),
      stand('a', 'question', 2),
      stand('b', 'photo', 4, { activity: 'givenUp' }),
      stand(null, 'survey', 1),
      stand(null, 'survey', 2, { activity: 'underWay' }),
    ];
    expect(countPeople(10, standings)).toEqual({
      ...{ started: 22, completed: 10, underWay: 5, resting: 3, givenUp: 4 },
      stoppedAtSurvey: 1,
    });
  });
});

describe('the chapters of an edition', () => {
  const standings = [
    stand('a', 'watching', 2, { part: 0 }),
    stand('a', 'watching', 3, { part: 9, activity: 'givenUp' }),
    stand('a', 'watching', 7, { part: 4, activity: 'underWay' }),
    stand('b', 'question', 4),
    stand('b', 'photo', 2, { activity: 'underWay' }),
    stand('b', 'presence', 1),
    stand(null, 'survey', 6),
  ];
  const [a, b] = countChapters(['a', 'b'], 100, standings);

  it('have been passed by whoever stands behind them, and reached by whoever stands in them too', () => {
    expect(a).toMatchObject({ reached: 125, watched: 113, passed: 113 });
    expect(b).toMatchObject({ reached: 113, watched: 112, passed: 106 });
  });

  it('show where people stopped, without those who are under way', () => {
    expect(a).toMatchObject({
      stopped: 5,
      stops: { parts: [2, 0, 0, 0, 0, 0, 0, 0, 0, 3], gates: { presence: 0, question: 0, photo: 0 } },
    });
    expect(b).toMatchObject({
      stopped: 5,
      stops: { parts: Array(10).fill(0), gates: { presence: 1, question: 4, photo: 0 } },
    });
  });

  it('do not show where four people stopped, only that there are four', () => {
    const [chapter] = countChapters(['a'], 0, [stand('a', 'photo', 4)]);
    expect(chapter).toMatchObject({ reached: 4, passed: 0, stopped: 4, stops: null });
  });

  it('are empty when nobody has begun', () => {
    expect(countChapters(['a'], 0, [])).toEqual([
      { chapterId: 'a', reached: 0, watched: 0, passed: 0, stopped: 0, stops: null },
    ]);
  });
});

describe('the days that are shown', () => {
  const today = '2026-11-22';
  it('are the last thirty, with today', () => {
    const days = daysShown({ from: null, to: null }, today);
    expect([days.length, days[0], days.at(-1)]).toEqual([30, '2026-10-24', today]);
  });

  it('lie within the period and end today at the latest', () => {
    expect(daysShown({ from: '2026-11-20', to: '2026-12-31' }, today)).toEqual([
      '2026-11-20',
      '2026-11-21',
      today,
    ]);
    expect(daysShown({ from: '2026-01-01', to: '2026-03-01' }, today).slice(0, 1)).toEqual(['2026-01-31']);
    expect(daysShown({ from: '2026-12-01', to: null }, today)).toEqual([]);
  });
});
