/**
 * `npm run storage:orphans [-- --delete] [--older-than-hours N]`: files to which no row refers, and rows whose files are not there
 * (docs/storage.md). Deletes nothing without `--delete`. Ends with 0 when nothing is left to do, with 1 when something is.
 */
import { parseArgs } from 'node:util';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { findMissing } from '#lib/server/storage/find-missing.ts';
import { auditOrphansRemoved, findOrphans, removeOrphan } from '#lib/server/storage/find-orphans.ts';

const USAGE = `npm run storage:orphans [-- OPTIONS]
  --delete               delete the files to which no row refers
  --older-than-hours N   look only at files older than this (24; at least 1)
  --no-missing           do not look whether every row has its file
  --help`;
const HOUR_MS = 3_600_000;

const write = (line: string) => process.stdout.write(`${line}\n`);

class WrongUsage extends Error {}

function readOptions(args: string[]) {
  const { values } = parseArgs({
    args,
    options: {
      delete: { type: 'boolean', default: false },
      'older-than-hours': { type: 'string', default: '24' },
      'no-missing': { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const hours = Number(values['older-than-hours']);
  if (!(hours >= 1)) throw new WrongUsage('--older-than-hours must be 1 or more');
  return { ...values, before: new Date(Date.now() - hours * HOUR_MS) };
}

async function look(app: App, options: ReturnType<typeof readOptions>): Promise<number> {
  const found = { count: 0, bytes: 0 };
  const removed = { count: 0, bytes: 0 };
  for await (const orphan of findOrphans(app, options.before)) {
    found.count += 1;
    found.bytes += orphan.bytes;
    const isRemoved = options.delete && (await removeOrphan(app, orphan));
    if (isRemoved) {
      removed.count += 1;
      removed.bytes += orphan.bytes;
    }
    write(
      `orphan\t${orphan.key}\t${orphan.bytes}\t${orphan.modifiedAt.toISOString()}${isRemoved ? '\tdeleted' : ''}`,
    );
  }
  await auditOrphansRemoved(app, removed);
  let missing = 0;
  if (!options['no-missing']) {
    for await (const { key, of, id } of findMissing(app, options.before)) {
      missing += 1;
      write(`missing\t${key}\t${of} ${id}`);
    }
  }
  write(
    `Orphans: ${found.count} files, ${found.bytes} bytes; deleted: ${removed.count} files, ${removed.bytes} bytes.`,
  );
  if (!options['no-missing']) write(`Missing: ${missing} files.`);
  return found.count > removed.count || missing > 0 ? 1 : 0;
}

async function main(args: string[]): Promise<number> {
  const options = readOptions(args);
  if (options.help) {
    write(USAGE);
    return 0;
  }
  const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
  try {
    return await look(app, options);
  } finally {
    await app.close();
  }
}

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}\n`);
  process.exitCode = 2;
}
