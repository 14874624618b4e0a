import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { LIMITS, START } from '../../../../tests/support/chapter-model.ts';
import { hostileBeat, hostileHistories, type HostileAct } from '../../../../tests/support/hostile-client.ts';
import { PersonModel } from '../../../../tests/support/person-model.ts';

const DAY_MS = 86_400_000;
const durations = fc.integer({ min: 1_000, max: 120_000 });

/** Plays a history against the rule; `look` sees the person after each act. */
function play(
  person: PersonModel,
  history: readonly HostileAct[],
  look: () => void = () => undefined,
  startedAt = START,
): void {
  let now = startedAt;
  for (const act of history) {
    if (act.act === 'wait' || act.act === 'stepClock') now += act.ms;
    if (act.act === 'open') person.open(now);
    if (act.act === 'sweep') person.sweep(now);
    if (act.act === 'beat') {
      const number = person.viewings.length - 1 - act.viewingsBack;
      const sequence = person.viewings[number]?.lease.sequence ?? 0;
      const report = hostileBeat(act, String(number), { ...person.credit, sequence });
      person.beat(number, report, now);
      if (act.isRepeated) {
        const before = structuredClone(person.credit);
        const written = person.ledger.length;
        const reply = person.beat(number, { ...report, toMs: report.toMs + 5_000 }, now);
        if (reply.kind === 'repeated')
          expect([person.credit, person.ledger.length]).toEqual([before, written]);
      }
    }
    look();
  }
}

// Hundreds of histories: seconds on a quiet machine, and no machine is always quiet.
vi.setConfig({ testTimeout: 120_000 });

describe('whatever a script with any number of players sends, at whatever server clock', () => {
  it('credit is no more than the clock inside leases that were live, one at a time, and never falls', () => {
    fc.assert(
      fc.property(hostileHistories, durations, (history, durationMs) => {
        const person = new PersonModel(durationMs);
        let before = 0;
        const broken: unknown[] = [];
        play(person, history, () => {
          const { creditedMs, reportedMs } = person.credit;
          const live = person.viewings.filter(({ isOpen }) => isOpen).length;
          const isOrdered = creditedMs <= reportedMs && reportedMs <= durationMs;
          if (creditedMs < before || creditedMs > person.leasedMs || !isOrdered || live > 1) {
            broken.push({ ...person.credit, before, leasedMs: person.leasedMs, live });
          }
          before = creditedMs;
        });
        expect(broken).toEqual([]);
      }),
      { numRuns: 3_000 },
    );
  });

  it('no key was ever handed out beyond the credit and the look-ahead', () => {
    fc.assert(
      fc.property(hostileHistories, durations, (history, durationMs) => {
        const person = new PersonModel(durationMs);
        play(person, history, () => {
          const reachMs = Math.min(durationMs, person.credit.creditedMs + LIMITS.lookMs);
          expect(person.handedOutMs).toBeLessThanOrEqual(reachMs);
        });
      }),
      { numRuns: 2_000 },
    );
  });

  it('the ledger leads to the same number at every moment', () => {
    fc.assert(
      fc.property(hostileHistories, durations, (history, durationMs) => {
        const person = new PersonModel(durationMs);
        play(person, history, () => expect(person.disagreements()).toEqual([]));
      }),
      { numRuns: 2_000 },
    );
  });

  it('two players together earn no more than the best single one could: the clock from first opening to last beat', () => {
    fc.assert(
      fc.property(
        fc.array(fc.record({ waitMs: fc.nat(20_000), player: fc.nat(1), takesOver: fc.boolean() }), {
          maxLength: 60,
          size: 'max',
        }),
        (steps) => {
          const person = new PersonModel(3_600_000);
          const viewings = [person.open(START)!, -1];
          let now = START;
          for (const { waitMs, player, takesOver } of steps) {
            now += waitMs;
            if (takesOver) viewings[player] = person.open(now)!;
            const viewing = person.viewings[viewings[player]!];
            const { reportedMs } = person.credit;
            const sequence = (viewing?.lease.sequence ?? 0) + 1;
            const toMs = reportedMs + 30_000;
            person.beat(
              viewings[player]!,
              { viewingId: '', sequence, fromMs: reportedMs, toMs, state: 'playing', keyCount: 0 },
              now,
            );
          }
          expect(person.credit.creditedMs).toBeLessThanOrEqual(now - START);
        },
      ),
      { numRuns: 2_000 },
    );
  });

  it('all of it played again at an hour that is already over earns nothing', () => {
    fc.assert(
      fc.property(hostileHistories, (history) => {
        const withoutClock = history.filter(({ act }) => act !== 'wait' && act !== 'stepClock');
        const person = new PersonModel(120_000);
        play(person, history);
        const { creditedMs } = person.credit;
        play(person, withoutClock, () => undefined, START - DAY_MS);
        expect(person.credit.creditedMs).toBe(creditedMs);
      }),
      { numRuns: 1_000 },
    );
  });
});
