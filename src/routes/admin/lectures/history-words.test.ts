import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';
import { HISTORY_WORDS, historyWords } from './history-words.ts';

const OPERATIONS = path.resolve('src/lib/server/lectures');
const WRITTEN = /what: '((?:edition|chapter|question|captions|preview)\.\w+)'/g;

it('has words for all that operations write about editions', () => {
  const written = readdirSync(OPERATIONS)
    .filter((file) => file.endsWith('.ts'))
    .flatMap((file) => [...readFileSync(path.join(OPERATIONS, file), 'utf8').matchAll(WRITTEN)])
    .map(([, what = '']) => what);
  expect(written.length).toBeGreaterThan(8);
  expect(written.filter((what) => !(what in HISTORY_WORDS))).toEqual([]);
});

it('says them with their facts', () => {
  const at = '2026-11-23T00:00:00.000Z';
  expect(historyWords('edition.scheduled', { scheduledFor: at })).toContain('9:00');
  expect(historyWords('chapter.saved', { position: 3 })).toContain('3');
  expect(historyWords('edition.created', { copyOf: null })).not.toBe(
    historyWords('edition.created', { copyOf: 'another' }),
  );
  expect(historyWords('edition.invented', {})).toBe('edition.invented');
});
