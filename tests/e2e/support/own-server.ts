import path from 'node:path';
import type { BrowserContext } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startProgram, stopProgram } from '../../../scripts/support/child-process.ts';
import { freePort } from '../../../scripts/support/free-port.ts';
import { waitForHealth } from '../../../scripts/support/wait-for-health.ts';
import { newLearner, newPerson } from '../../support/new-learner.ts';
import { stackFacts } from './stack-facts.ts';

const root = path.join(import.meta.dirname, '../../..');

/** The limits of the tests about broken lines: an interval, a look-ahead and a life of a viewing as in production, each a fraction. */
export const SCALED = { HEARTBEAT_INTERVAL_MS: '3000', LOOK_MS: '12000', LEASE_TTL_MS: '12000' };

export interface OwnServer {
  readonly origin: string;
  readonly app: App;
  /** Ends the process in order, as an operator does. */
  halt(): Promise<void>;
  /** Ends the process as a crash would (`kill -9`). */
  kill(): Promise<void>;
  start(): Promise<void>;
  /** Somebody new who has consented to the lecture and is signed in in this browser. */
  newLearner(context: BrowserContext, homeCommissionCode?: string): Promise<Learner>;
  /** The same, who has not been asked yet. */
  newPerson(context: BrowserContext, homeCommissionCode?: string): Promise<Learner>;
  close(): Promise<void>;
}

/**
 * A web process of the test's own beside the stack's, on the same database, on a port and with limits of its own, which a test may end as
 * it likes without disturbing anybody. Close it in `afterAll`.
 */
export async function startOwnServer(limits: Record<string, string> = SCALED): Promise<OwnServer> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const { environment: settings, folder } = stackFacts();
  // The card host has the one port that it has.
  const kept = Object.entries(settings).filter(
    ([name]) => !name.startsWith('CARD_HOST_') && !['HEARTBEAT_INTERVAL_MS', 'LOOK_MS'].includes(name),
  );
  const environment = { ...Object.fromEntries(kept), ORIGIN: origin, PORT: String(port), ...limits };
  const app = await createApp(parseConfig({ ...environment, LOG_LEVEL: 'silent' }));
  const run = () =>
    startProgram(path.join(root, 'src/server.ts'), environment, path.join(folder, `logs/web-${port}.log`));
  const inBrowser = async (context: BrowserContext, signedIn: ReturnType<typeof newPerson>) => {
    const { token, learner } = await signedIn;
    await context.addCookies([{ name: 'koshu-session', value: token, url: origin }]);
    return learner;
  };
  let web = run();
  await waitForHealth(origin, web);
  return {
    origin,
    app,
    halt: () => stopProgram(web),
    async kill() {
      const killed = new Promise((resolve) => web.once('exit', resolve));
      web.kill('SIGKILL');
      await killed;
    },
    async start() {
      web = run();
      await waitForHealth(origin, web);
    },
    newLearner: (context, home) => inBrowser(context, newLearner(app, 'general', home)),
    newPerson: (context, home) => inBrowser(context, newPerson(app, 'general', home)),
    async close() {
      await stopProgram(web);
      await app.close();
    },
  };
}
