import { sql, type Expression } from 'kysely';
import type { Database, DB, Transaction } from '../db/database.ts';
import { rememberRow } from '../db/remember.ts';

/** A line of the trail as it is written; its time and number are the database's. */
export interface AuditLine {
  readonly actorKind: 'learner' | 'officer' | 'system';
  readonly actorId: string | null;
  readonly officeId: string | null;
  readonly what: string;
  readonly subjectKind: string | null;
  readonly subjectId: string | null;
  readonly requestId: string | null;
  readonly detail: Readonly<Record<string, string | number | boolean | null>>;
}

const COLUMNS = sql`actor_kind, actor_id, office_id, what, subject_kind, subject_id, request_id, detail`;

/** The columns of a line in JSON, with its own words for their names. */
const columnsOf = (line: string) => sql`
  select * from jsonb_to_record(${line}::jsonb)
    as line("actorKind" text, "actorId" uuid, "officeId" uuid, what text, "subjectKind" text, "subjectId" text,
            "requestId" text, detail jsonb)`;

const insertLine = rememberRow(
  (_db, line: string) => sql`insert into audit_event (${COLUMNS}) ${columnsOf(line)}`,
);

export async function insertAuditEvent(db: Database | Transaction<DB>, line: AuditLine): Promise<void> {
  await insertLine(db, JSON.stringify(line));
}

const NOTHING = sql<AuditLine['detail']>`'{}'::jsonb`;

/**
 * The statement that looks for one thing and in the same step writes `line` about it: what it finds is the subject, and `detail`, of the row
 * `found`, is told beside what the line says. Finding nothing, it writes nothing. Commits without waiting for the disk where the look leads
 * at once to another one that waits: what that one waits for has this before it in the database's log, so it is lost only together with all
 * that came after it (docs/decisions/0030-*.md, 0034-*.md).
 */
export function lookAndTell<Row extends { readonly subjectId: string }>(
  find: Expression<Row>,
  line: string,
  { waits, detail = NOTHING }: { readonly waits: boolean; readonly detail?: Expression<AuditLine['detail']> },
) {
  const commit = waits ? sql`true` : sql`set_config('synchronous_commit', 'off', true)`;
  return sql<Row>`
    with found as materialized (${find}),
         ready as materialized (select ${commit} from found),
         told as (insert into audit_event (${COLUMNS})
                  select line."actorKind", line."actorId", line."officeId", line.what, line."subjectKind",
                         found.subject_id, line."requestId", line.detail || ${detail}
                    from found, ready, lateral (${columnsOf(line)}) line)
    select * from found`;
}

/** Entries that name the edition as their subject or in their detail. Learners' are none of its history. */
export async function listEventsOfEdition(db: Database, editionId: string, limit: number) {
  return db
    .selectFrom('auditEvent as a')
    .leftJoin('officer as o', 'o.id', 'a.actorId')
    .where((eb) =>
      eb.or([
        eb.and([eb('a.subjectKind', '=', 'edition'), eb('a.subjectId', '=', editionId)]),
        eb.and([
          sql<boolean>`a.detail ->> 'editionId' = ${editionId}`,
          // As the index has it.
          sql<boolean>`a.detail ? 'editionId'`,
          eb('a.actorKind', '<>', 'learner'),
        ]),
      ]),
    )
    .orderBy('a.id', 'desc')
    .limit(limit)
    .select(['a.id', 'a.at', 'a.what', 'a.detail', 'o.name as officerName'])
    .execute();
}

/** By the database's clock, which wrote the time of each entry. */
export async function hasRecentEvent(
  db: Database,
  act: {
    readonly officerId: string;
    readonly what: string;
    readonly subject: { readonly kind: string; readonly id: string };
    readonly withinMs: number;
  },
): Promise<boolean> {
  const event = await db
    .selectFrom('auditEvent')
    .where('subjectKind', '=', act.subject.kind)
    .where('subjectId', '=', act.subject.id)
    .where('actorKind', '=', 'officer')
    .where('actorId', '=', act.officerId)
    .where('what', '=', act.what)
    .where('at', '>', sql<Date>`clock_timestamp() - make_interval(secs => ${act.withinMs / 1_000})`)
    .limit(1)
    .select('id')
    .executeTakeFirst();
  return event !== undefined;
}

export function listEventsOnSubjects(
  db: Database,
  {
    what,
    subjects,
    limit,
  }: {
    readonly what: readonly string[];
    readonly subjects: readonly { readonly kind: string; readonly id: string }[];
    readonly limit: number;
  },
) {
  return db
    .selectFrom('auditEvent')
    .where('actorKind', '=', 'officer')
    .where('what', 'in', [...what])
    .where((eb) =>
      eb.or(subjects.map(({ kind, id }) => eb.and([eb('subjectKind', '=', kind), eb('subjectId', '=', id)]))),
    )
    .orderBy('at', 'desc')
    .orderBy('id', 'desc')
    .limit(limit)
    .select(['at', 'officeId', 'what', 'detail'])
    .execute();
}
