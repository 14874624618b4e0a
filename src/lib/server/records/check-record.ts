import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import { standingActs } from '#lib/domain/records/correction.ts';
import { assessRecord, compareClass, moveRecord, nextAct, standingOf } from '#lib/domain/records/record.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { ONLINE_LECTURE_MINUTES } from '#lib/domain/renewal/lecture-class.ts';
import type { App } from '../app.ts';
import { describeActs } from './describe-acts.ts';
import { latestTest } from './latest-test.ts';
import { readCounterExtras } from './read-counter-extras.ts';
import { readRecord } from './read-record.ts';
import { situationOf } from './situation-of.ts';
import { supervises } from './supervises.ts';

const MINUTE_MS = 60_000;

/**
 * 窓口で確認する: all that an officer needs to decide about a record, whatever commission it is of. The look is kept in the audit
 * trail. Refused: `record_number_invalid`, `record_not_found`, `look_reason_required` for a person of another commission when the
 * officer has not said why.
 */
export async function checkRecord(
  app: App,
  officer: CounterOfficer,
  input: { readonly recordNumber: string },
) {
  const { record, driver, isVia, chapters, acts, ...read } = await readRecord(
    app,
    officer,
    input.recordNumber,
  );
  const test = latestTest(acts);
  const standing = standingActs(acts);
  const isSupervisor = supervises(officer, standing.at(-1));
  const today = tokyoDate(app.clock.now());
  const situation = situationOf(record, driver, { now: app.clock.now(), test, isSupervisor });
  const isOpen = ['issued', 'referred', 'checked'].includes(record.state);
  const obstacles = isOpen ? assessRecord(situation) : [];
  const extras = readCounterExtras(officer, {
    ...{ driver, record, standing, situation },
    feeTables: read.feeTables,
  });
  return {
    recordNumber: record.recordNumber,
    version: record.version,
    state: record.state,
    /** With what follows from the register and the day. */
    standing: standingOf(situation),
    lapse: situation.lapse,
    lectureClass: record.lectureClass,
    periodStart: record.periodStart,
    /** As the register has it now. */
    periodEnd: situation.periodEnd,
    startedAt: record.startedAt,
    issuedAt: record.issuedAt,
    lecture: { titleJa: record.titleJa, titleEn: record.titleEn, editionNumber: record.editionNumber },
    creditedMs: chapters.reduce((sum, chapter) => sum + chapter.creditedMs, 0),
    legalMs: ONLINE_LECTURE_MINUTES[record.lectureClass] * MINUTE_MS * app.config.legalMinutesScale,
    chapters: chapters.map(({ checks, passed, missed, ...chapter }) => ({
      ...chapter,
      /** Presence checks; `missed`: how often the answer stayed away, and the chapter was taken back and asked again. */
      presence: checks > 0 ? { checks, passed, missed } : null,
    })),
    /** How, when and with what kind of browser the person came in to take it. */
    signIns: read.signIns,
    /** What was played and is not in the credit, oldest first. */
    uncounted: read.uncounted,
    driver: {
      name: driver.name,
      birthDate: driver.birthDate,
      licenceNumber: driver.licenceNumber,
      lectureClass: driver.lectureClass,
      classAsOf: driver.classAsOf,
      holdingType: driver.holdingType,
      hasPortrait: driver.portraitKey !== null,
      commissionNameJa: driver.commissionNameJa,
      commissionNameEn: driver.commissionNameEn,
      /** Null for who was in the last whole file of the register. */
      notInWholeSince: driver.notInWholeSince,
      suspendedUntil:
        driver.suspendedUntil !== null && today <= driver.suspendedUntil ? driver.suspendedUntil : null,
    },
    isVia,
    /** What this officer's office does while the person waits. */
    sameDay: read.sameDay ?? { sameDayIssue: false, sameDayRecording: false },
    isIntact: read.isIntact,
    classComparison: compareClass(record.lectureClass, driver.lectureClass),
    obstacles,
    /** Nothing of what can be known stands against it: not the day, the class, the signature, or the place. */
    mayAccept: obstacles.length === 0 && read.isIntact && (extras.via?.obstacle ?? null) === null,
    next: nextAct(situation),
    mayVoid: officer.isSupervisor && 'state' in moveRecord(situation, 'voided'),
    test,
    acts: describeActs(acts),
    ...extras,
  };
}

export type CheckedRecord = Awaited<ReturnType<typeof checkRecord>>;
