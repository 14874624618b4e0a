/**
 * The limit: the same durable updates of the same rows by the same driver, in batches, behind `node:http` and nothing else: no
 * session, no rule, no keys. A process of its own, as the real server is.
 */
import { createServer } from 'node:http';
import pg from 'pg';

interface Beat {
  readonly id: string;
  readonly attendanceId: string;
  readonly chapterId: string;
  readonly sequence: number;
  readonly toMs: number;
}

const UPDATE = `
  with beat as (
    select * from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::integer[], $5::integer[])
      as b(id, attendance_id, chapter_id, sequence, to_ms) order by id
  ), lease as (
    update viewing v set sequence = b.sequence, last_beat_at = clock_timestamp(), run_to_ms = b.to_ms
      from beat b where v.id = b.id
  )
  update chapter_attendance c set credited_ms = b.to_ms, reported_ms = b.to_ms
    from beat b where c.attendance_id = b.attendance_id and c.chapter_id = b.chapter_id`;

const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 2 });
const queue: { beat: Beat; answer: (status: number) => void }[] = [];
let isRunning = false;

async function settle(): Promise<void> {
  isRunning = true;
  while (queue.length > 0) {
    const batch = queue.splice(0, 500);
    const column = <T>(pick: (beat: Beat) => T) => batch.map(({ beat }) => pick(beat));
    const values = [
      column((beat) => beat.id),
      column((beat) => beat.attendanceId),
      column((beat) => beat.chapterId),
      column((beat) => beat.sequence),
      column((beat) => beat.toMs),
    ];
    const status = await pool.query({ name: 'beat', text: UPDATE, values }).then(
      () => 200,
      () => 500,
    );
    for (const { answer } of batch) answer(status);
  }
  isRunning = false;
}

createServer((request, response) => {
  let body = '';
  request.setEncoding('utf8');
  request.on('data', (chunk: string) => (body += chunk));
  request.on('end', () => {
    const beat = JSON.parse(body) as Beat;
    queue.push({
      beat,
      answer: (status) => response.writeHead(status, { 'content-length': 11 }).end('{"ok":true}'),
    });
    if (!isRunning) void settle();
  });
}).listen(Number(process.env.PORT), '127.0.0.1', () => process.stdout.write('listening\n'));
