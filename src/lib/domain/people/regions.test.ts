import { expect, it } from 'vitest';
import { COMMISSIONS } from './commissions.ts';
import { REGIONS } from './regions.ts';

it('every commission is in one region and in no second', () => {
  const placed = REGIONS.flatMap(({ codes }) => codes);
  expect(placed.toSorted()).toEqual(COMMISSIONS.map(({ code }) => code).toSorted());
});
