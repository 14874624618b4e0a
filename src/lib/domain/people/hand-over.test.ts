import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { drawNumbers, handOverState, isFreshFor, type HandOverFacts } from './hand-over.ts';

const at = (minute: number) => new Date(Date.UTC(2026, 10, 24, 3, minute));
const opened: HandOverFacts = { expiresAt: at(10), claimedAt: null, approvedAt: null, endedAt: null };

describe('a hand-over', () => {
  it('waits, is claimed, is approved, and is over when it has ended or its time has', () => {
    const claimed = { ...opened, claimedAt: at(1) };
    const approved = { ...claimed, approvedAt: at(2) };
    expect([opened, claimed, approved].map((facts) => handOverState(facts, at(3)))).toEqual([
      'waiting',
      'claimed',
      'approved',
    ]);
    for (const facts of [opened, claimed, approved]) {
      expect(handOverState(facts, at(11))).toBe('over');
      expect(handOverState({ ...facts, endedAt: at(2) }, at(3))).toBe('over');
    }
  });

  it('shows one of three different numbers of two digits', () => {
    fc.assert(
      fc.property(fc.infiniteStream(fc.nat()), (stream) => {
        const random = (from: number, to: number) => from + (stream.next().value % (to - from + 1));
        const { number, choices } = drawNumbers(random);
        expect(new Set(choices).size).toBe(3);
        expect(choices.every((choice) => choice >= 10 && choice <= 99)).toBe(true);
        expect(choices).toContain(number);
      }),
    );
  });

  it('takes no card that was read before it was claimed', () => {
    const claimed = { ...opened, claimedAt: at(2) };
    expect(isFreshFor(claimed, at(1))).toBe(false);
    expect(isFreshFor(claimed, at(2))).toBe(true);
    expect(isFreshFor(opened, at(3))).toBe(false);
  });
});
