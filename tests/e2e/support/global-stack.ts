import path from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';
import { startStack, type Stack } from '../../../scripts/demo/stack.ts';
import { freePort } from '../../../scripts/support/free-port.ts';

const root = path.join(import.meta.dirname, '../../..');
export const STACK_FILE = path.join(root, '.data/e2e-stack.json');

/** What the tests know of the running stack. */
export interface StackFacts {
  readonly origin: string;
  readonly databaseUrl: string;
  readonly webProcess: number;
}

/**
 * The demo's own stack, made anew, for the whole run. Keys reach 12 seconds ahead instead of 45, so that a chapter of half
 * a minute has a part that nobody can decrypt yet.
 */
export default async function setup(): Promise<() => Promise<void>> {
  const port = await freePort();
  const stack: Stack = await startStack({
    folder: path.join(root, '.data/e2e'),
    port,
    isFresh: process.env.KOSHU_E2E_KEEP !== '1',
    environment: { KOSHU_MODE: 'test', LOOK_MS: '12000', HEARTBEAT_INTERVAL_MS: '3000' },
  });
  mkdirSync(path.dirname(STACK_FILE), { recursive: true });
  const { origin, databaseUrl } = stack;
  writeFileSync(STACK_FILE, JSON.stringify({ origin, databaseUrl }));
  process.env.KOSHU_ORIGIN = origin;
  return () => stack.stop();
}
