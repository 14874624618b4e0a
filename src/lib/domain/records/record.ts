import type { RefusalCode } from '../refusal.ts';
import type { CalendarDate } from '../renewal/calendar.ts';
import { lastDayOf, type Lapse } from './lapse.ts';
import {
  isOnlineLectureClass,
  ONLINE_LECTURE_MINUTES,
  type LectureClass,
  type OnlineLectureClass,
} from '../renewal/lecture-class.ts';

/** 発行済み → (監督者の判断待ち →) 確認済み → 使用済み; 不受理 and 無効 are ends. */
export type RecordState = 'issued' | 'referred' | 'checked' | 'rejected' | 'used' | 'voided';

/** What an officer does with a record, in this order. */
export type Deed = 'accepted' | 'rejected' | 'referred' | 'aptitudeTest' | 'issued' | 'voided';
/** What stands in its history: the deeds, and the counter-entries that take one back (correction.ts). */
export type ActKind = Deed | 'corrected';

/** The state after an act; an act that a state does not name cannot be done in it. */
const MOVES: Readonly<Record<RecordState, Partial<Record<Deed, RecordState>>>> = {
  issued: { accepted: 'checked', rejected: 'rejected', referred: 'referred', voided: 'voided' },
  referred: { accepted: 'checked', rejected: 'rejected', voided: 'voided' },
  checked: { aptitudeTest: 'checked', issued: 'used', voided: 'voided' },
  rejected: {},
  used: {},
  voided: {},
};

/** Why not, for an act that the state does not allow. */
const NO_MOVE: Readonly<Record<RecordState, RefusalCode>> = {
  issued: 'record_not_accepted',
  referred: 'record_already_decided',
  checked: 'record_already_decided',
  rejected: 'record_already_decided',
  used: 'record_already_used',
  voided: 'record_voided',
};

export interface RecordSituation {
  readonly state: RecordState;
  readonly lectureClass: OnlineLectureClass;
  readonly periodEnd: CalendarDate;
  /** The day in Japan on which the lecture was completed. */
  readonly issuedOn: CalendarDate;
  /** What has happened to the licence since; null for nothing. */
  readonly lapse: Lapse | null;
  /** 監督者: who acts, or looks, is one of the commission at whose counter the newest act that holds was done. */
  readonly isSupervisor: boolean;
  /** What the register says today. */
  readonly currentClass: LectureClass;
  readonly today: CalendarDate;
  /** The newest aptitude test under this record; null before there is one. */
  readonly isAptitudeTestPassed: boolean | null;
}

/**
 * How the class of the lecture stands to the class on the day (規則38条11項1号). `covered`: the longer lecture was taken and the
 * shorter one is asked for, which an officer may accept with a reason that is recorded. `changed`: the lecture has to be taken in person.
 */
export function compareClass(
  lectureClass: OnlineLectureClass,
  currentClass: LectureClass,
): 'same' | 'covered' | 'changed' {
  if (lectureClass === currentClass) return 'same';
  if (!isOnlineLectureClass(currentClass)) return 'changed';
  return ONLINE_LECTURE_MINUTES[lectureClass] > ONLINE_LECTURE_MINUTES[currentClass] ? 'covered' : 'changed';
}

/**
 * What stands against using the record today, besides its state. It serves the renewal period in which it was taken, or a year for
 * who lost the licence without his fault, and then its very class. After a careless lapse a supervisor decides, nobody else.
 */
export function assessRecord(situation: RecordSituation): RefusalCode[] {
  const { state, lectureClass, currentClass, lapse, today, isSupervisor } = situation;
  const obstacles: RefusalCode[] = [];
  if (today > lastDayOf(situation)) obstacles.push('record_period_over');
  const comparison = compareClass(lectureClass, currentClass);
  if (comparison === 'changed' || (lapse !== null && comparison !== 'same'))
    obstacles.push('record_class_changed');
  if (lapse?.kind === 'careless' && state !== 'checked' && !isSupervisor)
    obstacles.push('record_lapse_careless');
  return obstacles;
}

/** A record as it stands today: `expired` and `superseded` are never stored, but follow from the register and the day. */
export type RecordStanding = RecordState | 'expired' | 'superseded';

export function standingOf(situation: RecordSituation): RecordStanding {
  const { state } = situation;
  if (state === 'used' || state === 'rejected' || state === 'voided') return state;
  const obstacles = assessRecord(situation);
  if (obstacles.includes('record_class_changed')) return 'superseded';
  return obstacles.includes('record_period_over') ? 'expired' : state;
}

/**
 * The state after the act, or why it cannot be done. A record can always be rejected while it waits for a decision, and voided until
 * it is used; for anything else nothing may stand against it, and nothing is issued before the aptitude test is passed (道路交通法101条).
 * What was referred is decided by a supervisor.
 */
export function moveRecord(
  situation: RecordSituation,
  act: Deed,
): { state: RecordState } | { refusal: RefusalCode } {
  const { state, isAptitudeTestPassed, isSupervisor } = situation;
  const next = MOVES[state][act];
  if (next === undefined) return { refusal: NO_MOVE[state] };
  if (state === 'referred' && act !== 'voided' && !isSupervisor) return { refusal: 'supervisor_required' };
  // Who may not decide after a careless lapse can hand it on to who may.
  const supervised = act === 'referred' ? { ...situation, isSupervisor: true } : situation;
  const [obstacle] = act === 'rejected' || act === 'voided' ? [] : assessRecord(supervised);
  if (obstacle !== undefined) return { refusal: obstacle };
  if (act === 'issued' && isAptitudeTestPassed !== true) return { refusal: 'aptitude_test_required' };
  return { state: next };
}

/** The state that these acts, none of them taken back, have brought a record to; null when they cannot have followed each other. */
export function stateAfter(acts: readonly { readonly kind: Deed }[]): RecordState | null {
  return acts.reduce<RecordState | null>(
    (state, { kind }) => (state === null ? null : (MOVES[state][kind] ?? null)),
    'issued',
  );
}

export type NextAct = 'decide' | 'aptitudeTest' | 'issue';

/** The one thing that comes next at the counter for this officer; null when nothing does. A test that was not passed can be taken again. */
export function nextAct(situation: RecordSituation): NextAct | null {
  if (situation.state === 'issued') return 'decide';
  if (situation.state === 'referred') return situation.isSupervisor ? 'decide' : null;
  if (situation.state !== 'checked' || assessRecord(situation).length > 0) return null;
  return situation.isAptitudeTestPassed === true ? 'issue' : 'aptitudeTest';
}
