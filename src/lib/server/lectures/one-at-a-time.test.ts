import { expect, it } from 'vitest';
import { oneAtATime } from './one-at-a-time.ts';

it('begins an act when the one before is over, also when that failed, and lets other keys be', async () => {
  const seen: string[] = [];
  const act =
    (name: string, doesFail = false) =>
    async () => {
      seen.push(`${name} begins`);
      await Promise.resolve();
      seen.push(`${name} ends`);
      if (doesFail) throw new Error(name);
      return name;
    };
  const key = {};
  const results = await Promise.allSettled([
    oneAtATime(key, act('a')),
    oneAtATime(key, act('b', true)),
    oneAtATime(key, act('c')),
    oneAtATime({}, act('other')),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled', 'fulfilled']);
  const own = seen.filter((line) => !line.startsWith('other'));
  expect(own).toEqual(['a begins', 'a ends', 'b begins', 'b ends', 'c begins', 'c ends']);
  expect(seen.indexOf('other begins')).toBeLessThan(seen.indexOf('b begins'));
});
