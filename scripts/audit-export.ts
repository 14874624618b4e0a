/**
 * `npm run -s audit:export -- --from 2026-11-01 --to 2026-11-30 > november.jsonl`: the events of these days (Japan, both included) as one JSON
 * object a line, with place and hash, and the head of the chain on the standard error output. Needs the environment of .env.example.
 */
import { once } from 'node:events';
import { addDays, isCalendarDate, tokyoInstant } from '#lib/domain/renewal/calendar.ts';
import { createApp } from '#lib/server/app.ts';
import { exportAudit } from '#lib/server/audit/export-audit.ts';
import { getHead, sealAudit, writeHead } from '#lib/server/audit/seal-audit.ts';
import { parseConfig } from '#lib/server/config.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE = 'npm run -s audit:export -- --from YYYY-MM-DD --to YYYY-MM-DD';

const { from, to } = readFlags({ from: { type: 'string' }, to: { type: 'string' } }, USAGE);
if (!from || !to || !isCalendarDate(from) || !isCalendarDate(to) || to < from) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  await sealAudit(app);
  const days = { from: tokyoInstant(from, '00:00'), to: tokyoInstant(addDays(to, 1), '00:00') };
  for await (const event of exportAudit(app, days)) {
    if (!process.stdout.write(`${JSON.stringify(event)}\n`)) await once(process.stdout, 'drain');
  }
  process.stderr.write(`Head, to be kept elsewhere: ${writeHead(await getHead(app))}\n`);
} finally {
  await app.close();
}
