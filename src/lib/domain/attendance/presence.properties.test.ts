import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { LIMITS, START } from '../../../../tests/support/chapter-model.ts';
import { hostileBeat, hostileHistories } from '../../../../tests/support/hostile-client.ts';
import { PersonModel } from '../../../../tests/support/person-model.ts';
import { hasLapsed } from './credit.ts';
import {
  answerPresence,
  drawPresencePositions,
  isPresenceDue,
  MAX_PRESENCE_ASKS,
  PRESENCE_EXTENSION_MS,
  reopenPresence,
  settlePresence,
  type PresenceCheck,
} from './presence.ts';

const ANSWER_MS = 60_000;
const SEGMENT_MS = 6_000;
const startsOf = (durationMs: number) =>
  Array.from({ length: Math.ceil(durationMs / SEGMENT_MS) }, (_, index) => index * SEGMENT_MS);

/** A person whose chapter has checks, as the server keeps them. */
class AskedPerson {
  readonly person: PersonModel;
  readonly gates: readonly number[];
  passed = 0;
  misses = 0;
  check: PresenceCheck;

  constructor(durationMs: number, gates: readonly number[]) {
    this.person = new PersonModel(durationMs);
    this.gates = gates;
    this.check = this.#fresh();
  }
  get gateMs(): number | null {
    return this.gates[this.passed] ?? null;
  }
  open(nowMs: number) {
    const live = this.person.viewings.find(({ isOpen }) => isOpen);
    const lapsed = live ? hasLapsed(live.lease, nowMs, LIMITS) : true;
    this.person.closeLive();
    if (isPresenceDue(this.person.credit)) {
      if (reopenPresence(this.check, nowMs, lapsed).kind === 'missed') this.#miss();
      else this.#ask(nowMs);
    }
    this.person.open(nowMs);
  }
  heard(nowMs: number) {
    if (!isPresenceDue(this.person.credit)) return;
    const { kind } = settlePresence(this.check, nowMs);
    if (kind === 'ask') this.#ask(nowMs);
    if (kind === 'missed') this.#miss();
  }
  answer(nowMs: number, wish: 'pass' | 'extend') {
    if (!isPresenceDue(this.person.credit)) return 'notDue';
    const { kind } = answerPresence(this.check, nowMs, wish);
    if (kind === 'missed') this.#miss();
    if (kind === 'extended') this.check = { ...this.check, isExtended: true };
    if (kind === 'passed') {
      this.passed += 1;
      this.check = this.#fresh();
    }
    return kind;
  }
  #ask(nowMs: number) {
    this.check = { ...this.check, askedAt: nowMs, asks: this.check.asks + 1, isExtended: false };
  }
  #miss() {
    this.misses += 1;
    this.person.miss(this.gates[this.passed - 1] ?? 0);
    this.check = this.#fresh();
  }
  #fresh(): PresenceCheck {
    this.person.credit = { ...this.person.credit, gateMs: this.gateMs };
    return { positionMs: this.gateMs ?? 0, answerMs: ANSWER_MS, askedAt: null, asks: 0, isExtended: false };
  }
}

const chapters = fc
  .tuple(
    fc.integer({ min: 30_000, max: 240_000 }),
    fc.integer({ min: 1, max: 4 }),
    fc.infiniteStream(fc.nat(999_999)),
  )
  .map(([durationMs, count, numbers]) => {
    const random = () => numbers.next().value! / 1_000_000;
    return { durationMs, gates: drawPresencePositions(durationMs, startsOf(durationMs), count, random) };
  });

describe('where the checks of a chapter are', () => {
  it('is inside it, in order, apart, and where the segment that is released up to it plays beyond it', () => {
    fc.assert(
      fc.property(chapters, ({ durationMs, gates }) => {
        for (const [index, gateMs] of gates.entries()) {
          expect(gateMs).toBeGreaterThan(gates[index - 1] ?? 0);
          expect(gateMs).toBeLessThan(durationMs);
          expect(Number.isInteger(gateMs)).toBe(true);
          const segmentMs = Math.min(SEGMENT_MS, durationMs - Math.floor(gateMs / SEGMENT_MS) * SEGMENT_MS);
          expect(Math.abs((gateMs % SEGMENT_MS) - segmentMs / 2)).toBeLessThanOrEqual(1);
        }
      }),
    );
  });

  it('is nowhere when the commission wants none', () => {
    expect(drawPresencePositions(60_000, startsOf(60_000), 0, Math.random)).toEqual([]);
  });
});

describe('whatever a script sends that is asked whether somebody is there', () => {
  const answers = fc.infiniteStream(
    fc.constantFrom('none' as const, 'none' as const, 'pass' as const, 'extend' as const),
  );

  it('nothing is credited, believed or released beyond a check that is not passed, and both ways agree', () => {
    fc.assert(
      fc.property(hostileHistories, chapters, answers, (history, { durationMs, gates }, wishes) => {
        const asked = new AskedPerson(durationMs, gates);
        const { person } = asked;
        const broken: unknown[] = [];
        let now = START;
        for (const act of history) {
          if (act.act === 'wait' || act.act === 'stepClock') now += act.ms;
          if (act.act === 'open') asked.open(now);
          if (act.act === 'sweep') person.sweep(now);
          if (act.act === 'beat') {
            const number = person.viewings.length - 1 - act.viewingsBack;
            const sequence = person.viewings[number]?.lease.sequence ?? 0;
            const report = hostileBeat(act, String(number), { ...person.credit, sequence });
            const { kind } = person.beat(number, report, now);
            if (kind === 'credited' || kind === 'repeated') asked.heard(now);
          }
          const wish = wishes.next().value!;
          if (wish !== 'none') asked.answer(now, wish);
          const limitMs = asked.gateMs ?? durationMs;
          const { creditedMs, reportedMs } = person.credit;
          const isHeld = creditedMs <= reportedMs && reportedMs <= limitMs && person.handedOutMs <= limitMs;
          const disagreements = person.disagreements();
          if (!isHeld || disagreements.length > 0)
            broken.push({ creditedMs, reportedMs, limitMs, disagreements });
        }
        expect(broken).toEqual([]);
      }),
      { numRuns: 500 },
    );
  });

  it('opening again and again is a miss in the end', () => {
    const asked = new AskedPerson(60_000, [9_000]);
    asked.person.credit = { ...asked.person.credit, creditedMs: 9_000, reportedMs: 9_000 };
    for (let round = 0; round <= MAX_PRESENCE_ASKS; round += 1) asked.open(START + round * 1_000);
    expect([asked.misses, asked.person.credit.creditedMs]).toEqual([1, 0]);
  });
});

describe('one check', () => {
  const asked: PresenceCheck = {
    positionMs: 9_000,
    answerMs: ANSWER_MS,
    askedAt: START,
    asks: 1,
    isExtended: false,
  };
  const extended = { ...asked, isExtended: true };

  it('cannot be answered before it is asked', () => {
    expect(answerPresence({ ...asked, askedAt: null }, START, 'pass').kind).toBe('notDue');
  });

  it('is passed until the last millisecond of its time, and missed after it', () => {
    expect(answerPresence(asked, START + ANSWER_MS, 'pass').kind).toBe('passed');
    expect(answerPresence(asked, START + ANSWER_MS + 1, 'pass').kind).toBe('missed');
    expect(settlePresence(asked, START + ANSWER_MS).kind).toBe('wait');
    expect(settlePresence(asked, START + ANSWER_MS + 1).kind).toBe('missed');
  });

  it('waits longer once', () => {
    expect(answerPresence(asked, START, 'extend')).toEqual({
      kind: 'extended',
      answerWithinMs: ANSWER_MS + PRESENCE_EXTENSION_MS,
    });
    expect(answerPresence(extended, START, 'extend').kind).toBe('wait');
    expect(answerPresence(extended, START + ANSWER_MS + PRESENCE_EXTENSION_MS + 1, 'pass').kind).toBe(
      'missed',
    );
  });

  it('is asked anew after a broken line, and missed when the line was there', () => {
    expect(reopenPresence(asked, START + 2 * ANSWER_MS, true).kind).toBe('ask');
    expect(reopenPresence(asked, START + ANSWER_MS + 1, false).kind).toBe('missed');
    expect(reopenPresence({ ...asked, asks: MAX_PRESENCE_ASKS }, START + 1, true).kind).toBe('missed');
  });
});
