import { expect, it } from 'vitest';
import { listPreparations, type Overview } from './next-step.ts';

const NOTHING: Overview = { importCount: 0, videos: [], lectures: [] };
const READY = { state: 'ready', isMoving: false };
const edition = (state: 'draft' | 'published') => ({ id: state, state });
const nextOf = (overview: Partial<Overview>) =>
  listPreparations({ ...NOTHING, ...overview }).find(({ isDone }) => !isDone);

it('leads a new commission from the register to a published lecture', () => {
  expect(nextOf({})).toMatchObject({ step: 'register' });
  expect(nextOf({ importCount: 1 })).toMatchObject({ step: 'videos', href: '/admin/videos' });
  const begun = { importCount: 1, videos: [READY] };
  expect(nextOf(begun)).toMatchObject({ step: 'lecture', href: '/admin/lectures/new' });
  const excellent = { lectureClass: 'excellent', editions: [] } as const;
  expect(nextOf({ ...begun, lectures: [excellent] })).toMatchObject({ step: 'edition' });
  const draft = { ...excellent, editions: [edition('draft')] };
  expect(nextOf({ ...begun, lectures: [draft] })).toMatchObject({
    step: 'publish',
    href: '/admin/lectures/draft',
  });
});

it('is content only when both classes have a published edition', () => {
  const lectures = (['excellent', 'general'] as const).map((lectureClass) => ({
    lectureClass,
    editions: [edition('published')],
  }));
  const rest = { importCount: 1, videos: [READY] };
  expect(nextOf({ ...rest, lectures: lectures.slice(0, 1) })).toMatchObject({ step: 'publish' });
  expect(nextOf({ ...rest, lectures })).toBeUndefined();
});
