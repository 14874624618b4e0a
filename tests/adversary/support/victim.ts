import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect } from 'vitest';
import type { Learner } from '#lib/domain/people/actor.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { systemClock } from '#lib/server/clock.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { buildWeb } from '../../../scripts/support/build-web.ts';
import { startProgram, stopProgram } from '../../../scripts/support/child-process.ts';
import { freePort } from '../../../scripts/support/free-port.ts';
import { waitForHealth } from '../../../scripts/support/wait-for-health.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

export const LOOK_MS = 12_000;
export const LEASE_TTL_MS = 15_000;
/** Two chapters of two minutes: more than any attack has time for. */
const LONG_MS = [120_000, 120_000];
/** Two chapters of four seconds, for attacks on what comes after the video. */
const SHORT_MS = [4_000, 4_000];

/** The built server on a port of its own, as strangers find it, and a way to its database that they do not have. */
export interface Victim {
  readonly origin: string;
  readonly port: number;
  readonly app: App;
  readonly long: PublishedLecture;
  readonly short: PublishedLecture;
  /** Somebody who has signed in and done nothing else. */
  signIn(lecture: 'long' | 'short'): Promise<{ learner: Learner; cookie: string }>;
  signInOfficer(): Promise<string>;
  /** Ends the server at once, in the middle of whatever it does, and starts it again. */
  crash(): Promise<void>;
  /** Ends one of the server's processes at once; answers when another one has taken its place. */
  crashOne(): Promise<void>;
  log(): string;
  stop(): Promise<void>;
}

/** The ids of the web processes that share the port (Linux). */
function processesOf({ pid }: ChildProcess): number[] {
  return readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').map(Number);
}

const POLL = { timeout: 30_000, interval: 100 };

export async function startVictim(count: number): Promise<Victim> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const limits = { LOOK_MS: `${LOOK_MS}`, LEASE_TTL_MS: `${LEASE_TTL_MS}`, HEARTBEAT_INTERVAL_MS: '1000' };
  const test: TestApp = await makeTestApp({ env: { ORIGIN: origin, ...limits } });
  const { config } = test.app;
  // The same database by the clock on the wall, as the server has it.
  const app = await createApp(config, { clock: systemClock });
  const people = {
    long: await manyDrivers(app, count, 'excellent'),
    short: await manyDrivers(app, count, 'general'),
  };
  const long = await publishLecture(app, LONG_MS);
  const short = await publishLecture(app, SHORT_MS, { lectureClass: 'general' });
  await buildWeb();

  const logFile = path.join(test.folder, 'web.log');
  const environment = {
    ...limits,
    KOSHU_MODE: 'test',
    ORIGIN: origin,
    PORT: String(port),
    HOST: '127.0.0.1',
    DATABASE_URL: config.databaseUrl,
    DATA_DIR: config.dataDir,
    TRUST_DIR: config.trustDir,
    CRL_DIR: config.crlDir,
    WRAPPING_KEY: config.wrappingKey.bytes.toString('base64'),
    RECORD_SIGNING_KEY_FILE: config.recordSigningKey.file,
    LOG_LEVEL: 'error',
    // As in production: what one process holds in its memory, an attack on the other does not meet.
    WEB_PROCESSES: '2',
  };
  const entry = path.join(import.meta.dirname, '../../../src/server.ts');
  async function start() {
    const web = startProgram(entry, environment, logFile);
    await waitForHealth(origin, web);
    return web;
  }
  let web = await start();

  const open = async (
    session: Pick<Parameters<typeof createSession>[1], 'personKind' | 'personId' | 'credentialId'>,
  ) => {
    const method = session.personKind === 'learner' ? ('challenge' as const) : ('passkey' as const);
    const { token } = await createSession(app, { ...session, method, userAgent: 'a stranger' });
    return `koshu-session=${token}`;
  };

  return {
    origin,
    port,
    app,
    long,
    short,
    async signIn(lecture) {
      const learner = people[lecture].pop();
      if (!learner) throw new Error(`more people are needed for the ${lecture} lecture`);
      const { driverId: personId, credentialId } = learner;
      return { learner, cookie: await open({ personKind: 'learner', personId, credentialId }) };
    },
    async signInOfficer() {
      const officer = {
        name: '見本 職員',
        role: 'administrator',
        commissionCode: 'kanagawa',
        officeNameJa: null,
      } as const;
      const { officerId } = await inviteOfficer(app, officer);
      return open({ personKind: 'officer', personId: officerId, credentialId: null });
    },
    async crash() {
      const gone = once(web, 'exit');
      web.kill('SIGKILL');
      await gone;
      web = await start();
    },
    async crashOne() {
      const before = processesOf(web);
      process.kill(before[0]!, 'SIGKILL');
      await expect.poll(() => processesOf(web).filter((pid) => !before.includes(pid)), POLL).toHaveLength(1);
      await waitForHealth(origin, web);
    },
    log: () => readFileSync(logFile, 'utf8'),
    async stop() {
      await stopProgram(web);
      await app.close();
      await test.close();
    },
  };
}
