import { performance } from 'node:perf_hooks';
import { parseArgs } from 'node:util';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { findForCounter } from '#lib/server/records/find-for-counter.ts';
import { signedInOfficer } from '../tests/support/officers.ts';
import { median } from './support/load.ts';
import { chooseLooks, pourRecords, type Look } from './support/records.ts';
import { startStack } from './support/stack.ts';

const WARM_UP = 200;
const P99 = 0.99;

/** The view of a record in one statement by indexes: the record, the person, the lecture, the chapters with their ledger, the acts. */
const BARE = (condition: string) => `
  select r.id as record_id, r.*, d.*, e.number, l.title_ja,
         (select jsonb_agg(jsonb_build_array(ca.*, cl.title, answer.is_right, photo.id,
                   (select min(run.started_at) from watched_interval run
                     where run.attendance_id = ca.attendance_id and run.chapter_id = ca.chapter_id),
                   (select max(run.ended_at) from watched_interval run
                     where run.attendance_id = ca.attendance_id and run.chapter_id = ca.chapter_id)))
            from chapter_attendance ca
            join chapter_language cl on cl.chapter_id = ca.chapter_id and cl.language = 'ja'
            left join answer on answer.attendance_id = ca.attendance_id and answer.chapter_id = ca.chapter_id
            left join face_photo photo on photo.attendance_id = ca.attendance_id and photo.chapter_id = ca.chapter_id
           where ca.attendance_id = r.attendance_id) as chapters,
         (select jsonb_agg(to_jsonb(act)) from counter_act act where act.record_id = r.id) as acts
    from completion_record r join driver d on d.id = r.driver_id join edition e on e.id = r.edition_id
    join lecture l on l.id = e.lecture_id
   where ${condition} = $1`;

/** One line of the trail, as long as ours: what keeping a look at all costs, waited for on the disk. */
const LINE = `insert into audit_event (actor_kind, actor_id, office_id, what, subject_kind, subject_id, detail)
  values ('officer', $1, $2, 'record.checked', 'record', $3, '{"state": "issued", "isVia": false}')`;

const p99 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * P99)] ?? 0;
const rounded = (ms: number): number => Number(ms.toFixed(3));

/**
 * An officer's look-up in this process, without HTTP: what he types is found, the record is read whole, its proof verified, and both
 * looks written into the audit trail; by record number and by licence number in turns. The limit is one hand-written statement, prepared,
 * that reads the same rows and writes nothing. In turns, another record each time. `ratio` is that of the medians. Beside it the same
 * statement with one line of the trail after it (`kept`), for a look that nobody keeps is not allowed: `ratio_kept`. `--keep`: a folder in
 * which the records stay for the next run, which then pours none.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: {
      records: { type: 'string', default: '10000000' },
      looks: { type: 'string', default: '5000' },
      keep: { type: 'string' },
    },
  });
  const records = Number(values.records);
  const stack = await startStack({ hasWeb: false, keepIn: values.keep });
  try {
    const { app } = await stack.openSite('counter', 0);
    await pourRecords(app, records);
    const looks = await chooseLooks(app, Number(values.looks) + WARM_UP);
    const officer = await signedInOfficer(app, '森 和子');
    const client = await app.pool.connect();
    const bareLook = async (kind: keyof Look, look: Look) => {
      const column = kind === 'recordNumber' ? 'r.record_number' : 'd.licence_number';
      const { rows } = await client.query({ name: kind, text: BARE(column), values: [look[kind]] });
      if (rows.length !== 1) throw new Error('the bare query finds nothing');
      return (rows[0] as { record_id: string }).record_id;
    };
    const keptLook = async (kind: keyof Look, look: Look) => {
      const recordId = await bareLook(kind, look);
      const values = [officer.officerId, officer.officeId, recordId];
      await client.query({ name: 'line', text: LINE, values });
    };
    const ourLook = async (kind: keyof Look, look: Look) => {
      const found = await findForCounter(app, officer, { search: look[kind] });
      if (found.kind !== 'record') throw new Error('the look-up finds no record');
      await checkRecord(app, officer, { recordNumber: found.recordNumber });
    };
    const times = { bare: [] as number[], kept: [] as number[], ours: [] as number[] };
    const time = async (name: keyof typeof times, act: () => Promise<unknown>) => {
      const begun = performance.now();
      await act();
      times[name].push(performance.now() - begun);
    };
    for (const [index, look] of looks.entries()) {
      if (index === WARM_UP) for (const name of ['bare', 'kept', 'ours'] as const) times[name].length = 0;
      const kind = index % 2 === 0 ? 'recordNumber' : 'licenceNumber';
      // Who comes first reads from the disk what the other then finds in memory.
      const turns = [
        () => time('bare', () => bareLook(kind, look)),
        () => time('ours', () => ourLook(kind, look)),
        () => time('kept', () => keptLook(kind, look)),
      ];
      const first = (index >> 1) % turns.length;
      for (const turn of [...turns.slice(first), ...turns.slice(0, first)]) await turn();
    }
    client.release();
    const [bareMs, keptMs, oursMs] = [median(times.bare), median(times.kept), median(times.ours)];
    return {
      records,
      bare_p99_ms: rounded(p99(times.bare)),
      ours_p99_ms: rounded(p99(times.ours)),
      bare_ms: rounded(bareMs),
      kept_ms: rounded(keptMs),
      ours_ms: rounded(oursMs),
      ratio: rounded(oursMs / bareMs),
      ratio_kept: rounded(oursMs / keptMs),
    };
  } finally {
    await stack.stop();
  }
}
