import { expect, it } from 'vitest';
import { importScope } from './partner.ts';

it('a prefecture sends its own drivers, whether it says so or not', () => {
  expect(importScope('kanagawa', { mode: 'whole' })).toEqual({ commissionCode: 'kanagawa' });
  expect(importScope('kanagawa', { mode: 'changes', commissionCode: 'kanagawa' })).toEqual({
    commissionCode: 'kanagawa',
  });
});

it('a prefecture sends nobody else’s', () => {
  expect(importScope('kanagawa', { mode: 'changes', commissionCode: 'tokyo' })).toEqual({
    refusal: 'not_allowed',
  });
});

it('a national partner sends changes of all, or the file of one', () => {
  expect(importScope(null, { mode: 'changes' })).toEqual({ commissionCode: null });
  expect(importScope(null, { mode: 'whole', commissionCode: 'tokyo' })).toEqual({ commissionCode: 'tokyo' });
});

it('a national partner names the commission of a whole file', () => {
  expect(importScope(null, { mode: 'whole' })).toEqual({ refusal: 'malformed' });
});
