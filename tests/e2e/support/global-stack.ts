import { mkdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { startStack } from '../../../scripts/demo/stack.ts';
import { freePort } from '../../../scripts/support/free-port.ts';
import { makeCamera } from './camera.ts';
import { STACK_FILE, type StackFacts } from './stack-facts.ts';

/**
 * The demo's own stack, made anew, for the whole run. Keys reach 12 seconds ahead instead of 65, so that a chapter of half
 * a minute has a part that nobody can decrypt yet.
 */
export default async function setup(): Promise<() => Promise<void>> {
  for (const person of ['hanako', 'akiko']) makeCamera(person);
  const folder = path.join(path.dirname(STACK_FILE), 'e2e');
  const stack = await startStack({
    folder,
    port: await freePort(),
    isFresh: true,
    isSmall: true,
    environment: { LOOK_MS: '12000', HEARTBEAT_INTERVAL_MS: '3000', LEGAL_MINUTES_SCALE: '0.0333' },
  });
  // Who is asked, and where, each journey decides for its own people (presence.ts): elsewhere nobody waits for a press.
  await stack.app.db.updateTable('commission').set({ presencePerChapter: 0 }).execute();
  const { origin, officers, databaseUrl, environment } = stack;
  const cardOrigin = stack.cardHost.origin;
  const facts: StackFacts = { origin, officers, folder, databaseUrl, cardOrigin, environment };
  mkdirSync(path.dirname(STACK_FILE), { recursive: true });
  writeFileSync(STACK_FILE, JSON.stringify(facts));
  process.env.KOSHU_ORIGIN = stack.origin;
  return () => stack.stop();
}
