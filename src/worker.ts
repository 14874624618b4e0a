/** The second process: runs jobs (transcoding) until SIGTERM or Ctrl-C. Any number may run against one PostgreSQL. */
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startJobs } from '#lib/server/jobs/run-jobs.ts';

const app = await createApp(parseConfig(process.env));
await app.storage.check();
const runner = await startJobs(app);
app.log.info('the worker runs');

// Without its database a worker cannot end in order: the jobs and the pool would wait for it for ever. What it was doing is begun
// again by the next one, and its programs end with it (run-program.ts).
const STOP_DEADLINE_MS = 10_000;
const exitSoon = () => setTimeout(() => process.exit(1), STOP_DEADLINE_MS);

let isStopping = false;
const stop = (signal: NodeJS.Signals) => {
  if (isStopping) return;
  isStopping = true;
  app.log.info({ signal }, 'the worker stops');
  exitSoon().unref();
  runner.stop().catch((fault: unknown) => app.log.error({ err: fault }, 'the worker did not stop in order'));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  await runner.ended;
} catch (fault) {
  app.log.fatal({ err: fault }, 'the worker ended by itself');
  process.exitCode = 1;
  exitSoon();
} finally {
  await app.close();
}
process.exit();
