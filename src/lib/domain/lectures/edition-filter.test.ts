import { describe, expect, it } from 'vitest';
import { filterEditions } from './edition-filter.ts';

const edition = (state: 'draft' | 'published' | 'withdrawn', ...further: ('en' | 'ur')[]) => ({
  state,
  languages: ['ja', ...further] as const,
});
const excellent = {
  lectureClass: 'excellent',
  editions: [edition('draft', 'en', 'ur'), edition('published', 'en'), edition('withdrawn')],
} as const;
const general = { lectureClass: 'general', editions: [edition('published')] } as const;
const empty = { lectureClass: 'general', editions: [] } as const;
const ALL = { lectureClass: null, language: null, state: null };
const list = (filter: Partial<Parameters<typeof filterEditions>[1]>) =>
  filterEditions([excellent, general, empty], { ...ALL, ...filter });

describe('a list of editions', () => {
  it('shows everything, and the lectures that have none yet', () => {
    const { lectures, counts } = list({});
    expect(lectures).toEqual([excellent, general, empty]);
    expect(counts).toEqual({ draft: 1, ready: 0, scheduled: 0, published: 2, withdrawn: 1 });
  });

  it('is narrowed by state, and counts what the other states would show', () => {
    const { lectures, counts } = list({ state: 'published' });
    expect(lectures.map(({ editions }) => editions.length)).toEqual([1, 1]);
    expect(counts).toMatchObject({ draft: 1, published: 2, withdrawn: 1 });
  });

  it('is narrowed by class, and by language', () => {
    expect(list({ lectureClass: 'general' }).lectures).toEqual([general, empty]);
    expect(list({ language: 'ur' })).toMatchObject({
      lectures: [{ editions: [{ state: 'draft' }] }],
      counts: { draft: 1, published: 0 },
    });
    expect(list({ language: 'ur', state: 'published' }).lectures).toEqual([]);
  });
});
