import { describe, expect, it } from 'vitest';
import { gatherVisits, type LookReason } from './looks.ts';

const look = (time: string, officeId = 'kawasaki', reason: LookReason | null = null) => ({
  at: new Date(`2026-11-23T${time}:00Z`),
  officeId,
  reason,
});

describe('what a learner is told of looks', () => {
  it('is one visit for what an office looks at in a quarter of an hour, with its beginning and its reason', () => {
    expect(gatherVisits([look('01:12', 'kawasaki', 'viaRenewal'), look('01:05'), look('01:00')])).toEqual([
      look('01:00', 'kawasaki', 'viaRenewal'),
    ]);
  });

  it('keeps offices, days and reasons apart', () => {
    const looks = [
      look('05:00', 'kawasaki', 'inquiry'),
      look('04:59', 'kawasaki', 'movingIn'),
      look('04:59', 'fuchu'),
      look('01:00'),
    ];
    expect(gatherVisits(looks)).toEqual(looks);
  });
});
