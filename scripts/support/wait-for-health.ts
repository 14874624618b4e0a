import type { ChildProcess } from 'node:child_process';

const DEADLINE_MS = 60_000;
const PAUSE_MS = 100;

/** Until the web server answers that it is well. Throws when it ends before that, or does not within a minute. */
export async function waitForHealth(origin: string, server: ChildProcess): Promise<void> {
  const deadline = Date.now() + DEADLINE_MS;
  while (Date.now() < deadline) {
    if (server.exitCode !== null || server.signalCode !== null) {
      throw new Error(`the web server ended (${server.signalCode ?? server.exitCode}); see its log`);
    }
    const response = await fetch(`${origin}/health`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  throw new Error(`the web server did not answer at ${origin}/health within a minute; see its log`);
}
