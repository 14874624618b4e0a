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

/** What the view of a record always had: the record, the person, the lecture, the chapters with their ledger, the acts. */
const PARTS = `r.id as record_id, r.*, d.*, e.number, l.title_ja,
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
         (select jsonb_agg(to_jsonb(act)) from counter_act act where act.record_id = r.id) as acts`;

/** And what it shows besides: presence checks, sign-ins, what was not counted, the fees, what the office does on the same day. */
const BESIDES = `a.started_at, home.name_ja as home_ja, home.name_en as home_en,
         (select jsonb_agg(to_jsonb(p)) from presence_check p where p.attendance_id = r.attendance_id) as presence,
         (select jsonb_agg(to_jsonb(s)) from lecture_sign_in s where s.attendance_id = r.attendance_id) as sign_ins,
         (select jsonb_agg(to_jsonb(u)) from uncounted_time u where u.attendance_id = r.attendance_id) as uncounted,
         (select jsonb_agg(to_jsonb(v)) from lease_event v
           where v.attendance_id = r.attendance_id and v.kind = 'presence' and v.reason = 'missed') as missed,
         (select jsonb_agg(jsonb_build_array(t.*, f.*)) from fee_table t join fee f on f.fee_table_id = t.id
           where t.commission_code is null or t.commission_code = d.home_commission_code) as fees,
         (select jsonb_build_array(same_day_issue, same_day_recording) from office where id = $2) as same_day`;

const FROM = `completion_record r join driver d on d.id = r.driver_id join edition e on e.id = r.edition_id
    join lecture l on l.id = e.lecture_id`;

const COLUMNS = { recordNumber: 'r.record_number', licenceNumber: 'd.licence_number' } as const;

/** The rows of the view in one statement by indexes, and a slimmer one that leaves out what the view shows besides. */
const statements = (kind: keyof Look) => ({
  bare: `select ${PARTS}, ${BESIDES} from ${FROM} join attendance a on a.id = r.attendance_id
           join commission home on home.code = d.home_commission_code where ${COLUMNS[kind]} = $1`,
  slim: `select ${PARTS} from ${FROM} where ${COLUMNS[kind]} = $1`,
});

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
 * statement with one line of the trail after it (`kept`), for a look that nobody keeps is not allowed: `ratio_kept`; and a `slim` one that
 * reads less than the view shows: `ratio_slim`. `--keep`: a folder in
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
    const readBy = async (statement: 'bare' | 'slim', kind: keyof Look, look: Look) => {
      const values = [look[kind], ...(statement === 'bare' ? [officer.officeId] : [])];
      const text = statements(kind)[statement];
      const { rows } = await client.query({ name: `${statement} ${kind}`, text, values });
      if (rows.length !== 1) throw new Error('the bare query finds nothing');
      return (rows[0] as { record_id: string }).record_id;
    };
    const keptLook = async (kind: keyof Look, look: Look) => {
      const recordId = await readBy('bare', kind, look);
      const values = [officer.officerId, officer.officeId, recordId];
      await client.query({ name: 'line', text: LINE, values });
    };
    const ourLook = async (kind: keyof Look, look: Look) => {
      const found = await findForCounter(app, officer, { search: look[kind] });
      if (found.kind !== 'record') throw new Error('the look-up finds no record');
      await checkRecord(app, officer, { recordNumber: found.recordNumber });
    };
    const times: Record<'bare' | 'slim' | 'kept' | 'ours', number[]> = {
      bare: [],
      slim: [],
      kept: [],
      ours: [],
    };
    const time = async (name: keyof typeof times, act: () => Promise<unknown>) => {
      const begun = performance.now();
      await act();
      times[name].push(performance.now() - begun);
    };
    for (const [index, look] of looks.entries()) {
      if (index === WARM_UP) for (const measured of Object.values(times)) measured.length = 0;
      const kind = index % 2 === 0 ? 'recordNumber' : 'licenceNumber';
      // Who comes first reads from the disk what the other then finds in memory.
      const turns = [
        () => time('bare', () => readBy('bare', kind, look)),
        () => time('slim', () => readBy('slim', kind, look)),
        () => time('ours', () => ourLook(kind, look)),
        () => time('kept', () => keptLook(kind, look)),
      ];
      const first = (index >> 1) % turns.length;
      for (const turn of [...turns.slice(first), ...turns.slice(0, first)]) await turn();
    }
    client.release();
    const ms = {
      bare: median(times.bare),
      slim: median(times.slim),
      kept: median(times.kept),
      ours: median(times.ours),
    };
    return {
      records,
      bare_p99_ms: rounded(p99(times.bare)),
      ours_p99_ms: rounded(p99(times.ours)),
      bare_ms: rounded(ms.bare),
      slim_ms: rounded(ms.slim),
      kept_ms: rounded(ms.kept),
      ours_ms: rounded(ms.ours),
      ratio: rounded(ms.ours / ms.bare),
      ratio_slim: rounded(ms.ours / ms.slim),
      ratio_kept: rounded(ms.ours / ms.kept),
    };
  } finally {
    await stack.stop();
  }
}
