import { spawn } from 'node:child_process';
import { once } from 'node:events';
import type { TestApp } from './test-app.ts';

export interface RealWorker {
  /** Ends it like an operator (`SIGTERM`) or like a machine that is switched off (`SIGKILL`), and waits until it is gone. */
  end(signal: NodeJS.Signals): Promise<void>;
  /** With its exit code, null when a signal ended it. */
  readonly ended: Promise<number | null>;
}

/** The worker's own process (`npm run worker`) on the database and the storage of this test. */
export function startWorker(
  { app: { config } }: TestApp,
  environment: Record<string, string> = {},
): RealWorker {
  const worker = spawn(process.execPath, ['src/worker.ts'], {
    stdio: 'ignore',
    env: {
      ...process.env,
      KOSHU_MODE: 'test',
      ORIGIN: config.origin,
      DATABASE_URL: config.databaseUrl,
      DATA_DIR: config.dataDir,
      TRUST_DIR: config.trustDir,
      CRL_DIR: config.crlDir,
      ALLOW_TEST_CARDS: '1',
      WRAPPING_KEY: config.wrappingKey.bytes.toString('base64'),
      RECORD_SIGNING_KEY_FILE: config.recordSigningKey.file,
      LOG_LEVEL: 'silent',
      ...environment,
    },
  });
  const ended = once(worker, 'exit').then(([code]) => code as number | null);
  return {
    ended,
    async end(signal) {
      if (worker.exitCode === null && worker.signalCode === null) worker.kill(signal);
      await ended;
    },
  };
}
