/** The production entry: web processes (web-process.ts) that share one port, as many as WEB_PROCESSES says; one alone is this very process. */
import cluster from 'node:cluster';
import { once } from 'node:events';
import { availableParallelism } from 'node:os';

const MAX_PROCESSES = 64;
const REPLACE_AFTER_MS = 1_000;

/** In production one for each core; a demo does not have its machine for itself. */
function countProcesses({ WEB_PROCESSES, KOSHU_MODE, DATABASE_URL }: NodeJS.ProcessEnv): number {
  if (WEB_PROCESSES) {
    const count = Number(WEB_PROCESSES);
    if (Number.isInteger(count) && count >= 1 && count <= MAX_PROCESSES) return count;
    throw new Error(`WEB_PROCESSES: ${WEB_PROCESSES} is not a number from 1 to ${MAX_PROCESSES}`);
  }
  // Without a database a web process starts one of its own, and two of them would start two.
  return KOSHU_MODE === 'production' && DATABASE_URL ? availableParallelism() : 1;
}

/** Keeps so many at work: who crashes is replaced. They begin one after the other, since a host's socket is taken over by one at a time. */
async function supervise(count: number): Promise<void> {
  let isStopping = false;
  const workers = () => Object.values(cluster.workers ?? {});
  const stop = () => {
    isStopping = true;
    for (const worker of workers()) worker?.process.kill('SIGTERM');
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);

  async function begin(): Promise<void> {
    const worker = cluster.fork();
    // One that cannot even begin has said why; another one would not fare better.
    const giveUp = (code: number) => process.exit(isStopping ? 0 : code || 1);
    worker.once('exit', giveUp);
    await once(worker, 'message'); // it serves
    worker.off('exit', giveUp);
    worker.once('exit', () => {
      if (!isStopping) setTimeout(() => void (isStopping || begin()), REPLACE_AFTER_MS);
    });
  }

  while (workers().length < count && !isStopping) await begin();
}

const count = cluster.isPrimary ? countProcesses(process.env) : 1;
if (count === 1) await import('./web-process.ts');
else await supervise(count);
