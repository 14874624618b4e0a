/** The second process: runs jobs (transcoding) until SIGTERM or Ctrl-C. Any number may run against one PostgreSQL. */
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startJobs } from '#lib/server/jobs/run-jobs.ts';

const app = await createApp(parseConfig(process.env));
const runner = await startJobs(app);
app.log.info('the worker runs');

let isStopping = false;
const stop = (signal: NodeJS.Signals) => {
  if (isStopping) return;
  isStopping = true;
  app.log.info({ signal }, 'the worker stops');
  runner.stop().catch((fault: unknown) => app.log.error({ err: fault }, 'the worker did not stop in order'));
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);

try {
  await runner.ended;
} catch (fault) {
  app.log.fatal({ err: fault }, 'the worker ended by itself');
  process.exitCode = 1;
} finally {
  await app.close();
}
