import { chmodSync, existsSync, mkdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { startEmbeddedPostgres } from '#lib/server/db/embedded-postgres.ts';
import { makeTestCa } from '../make-test-ca.ts';
import { namedPeople } from '../named-people.ts';
import { toTestPerson } from '../seed/named-cards.ts';
import { migrateAll } from '../support/migrate-all.ts';
import { buildWeb } from '../support/build-web.ts';
import { startProgram, stopProgram } from '../support/child-process.ts';
import { freePort } from '../support/free-port.ts';
import { terminalProgress, type Progress } from '../support/progress.ts';
import { waitForHealth } from '../support/wait-for-health.ts';
import { startAuthenticationApp } from './authentication-app/start-authentication-app.ts';
import { prepareCardHost, type CardHostOfDemo } from './card-host.ts';
import { loadSecrets } from './secrets.ts';
import { seedPeopleAndOfficers, type InvitedOfficer } from './seed-people-and-officers.ts';
import { seedLectures } from './seed-lectures.ts';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';

const root = path.join(import.meta.dirname, '../..');
const DATABASE = 'koshu';
/** 30 and 60 minutes become 90 and 180 seconds. */
const SHORT_LECTURES = '0.05';

export interface StackOptions {
  /** Everything of the demo: database, media, cards, secrets, logs. */
  readonly folder: string;
  readonly port: number;
  readonly isFull?: boolean;
  readonly isFresh?: boolean;
  /** Sample videos of a quarter of the pixels, made and played in a quarter of the time. */
  readonly isSmall?: boolean;
  readonly environment?: Record<string, string>;
  readonly progress?: Progress;
  /** Called as soon as the pages can be opened; the lecture may still be in the making. */
  readonly onOpen?: (
    stack: Pick<Stack, 'origin' | 'officers' | 'authenticationAppIssuer' | 'cardHost'>,
  ) => void;
}

export interface Stack {
  readonly origin: string;
  /** The stand-in for デジタル認証アプリ. */
  readonly authenticationAppIssuer: string;
  /** Where a card in a reader is asked for. */
  readonly cardHost: CardHostOfDemo;
  readonly officers: readonly InvitedOfficer[];
  readonly app: App;
  readonly databaseUrl: string;
  /** The settings of web and worker; a further process of either needs the same. */
  readonly environment: Readonly<Record<string, string>>;
  stop(): Promise<void>;
}

/**
 * Everything that Koshu consists of, on this machine: PostgreSQL, test cards, named people, web, worker and the sample
 * lectures. A second start in the same folder finds what the first one made.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  const progress = options.progress ?? terminalProgress(process.stderr);
  const inside = (...names: string[]) => path.join(options.folder, ...names);
  if (options.isFresh) rmSync(options.folder, { recursive: true, force: true });
  mkdirSync(inside('logs'), { recursive: true });
  chmodSync(options.folder, 0o755); // PostgreSQL may run as another user

  progress.step('データベースを始めます / starting PostgreSQL');
  const secrets = loadSecrets(inside('secrets'));
  const postgres = await startEmbeddedPostgres(
    inside('postgres'),
    await freePort(),
    secrets.databasePassword,
  );
  const databaseUrl = postgres.urlFor(DATABASE);
  if (!existsSync(inside('postgres-made'))) {
    await postgres.createDatabase(DATABASE);
    mkdirSync(inside('postgres-made'));
  }
  await migrateAll(databaseUrl);

  progress.step('試験用の認証局とカードを用意します / making the test CA and cards');
  const people = namedPeople(tokyoDate(new Date()));
  const testCa = await makeTestCa({
    outDir: inside('test-ca'),
    people: people.map(toTestPerson),
  });

  const origin = `http://localhost:${options.port}`;
  const authenticationApp = await startAuthenticationApp({
    folder: inside('secrets/authentication-app'),
    logFile: inside('logs/authentication-app.log'),
    origin,
    testCa,
  });
  const cardHost = await prepareCardHost({ outDir: inside('test-ca'), people, mainPort: options.port });
  const environment: Record<string, string> = {
    KOSHU_MODE: 'demo',
    ORIGIN: origin,
    PORT: String(options.port),
    HOST: '127.0.0.1',
    DATABASE_URL: databaseUrl,
    DATA_DIR: inside('data'),
    TRUST_DIR: testCa.trustDir,
    CRL_DIR: testCa.crlDir,
    TEST_CARDS_DIR: testCa.cardsDir,
    ALLOW_TEST_CARDS: '1',
    WRAPPING_KEY: secrets.wrappingKey,
    RECORD_SIGNING_KEY_FILE: secrets.recordSigningKeyFile,
    ...authenticationApp.environment,
    ...cardHost.environment,
    ...(options.isFull ? {} : { LEGAL_MINUTES_SCALE: SHORT_LECTURES }),
    ...options.environment,
  };
  const app = await createApp(parseConfig(environment));
  const officers = await seedPeopleAndOfficers(app, testCa, authenticationApp);

  progress.step('画面を組み立てます / building the pages');
  await buildWeb();
  const web = startProgram(path.join(root, 'src/server.ts'), environment, inside('logs/web.log'));
  const worker = startProgram(path.join(root, 'src/worker.ts'), environment, inside('logs/worker.log'));
  const stop = async () => {
    await Promise.all([stopProgram(web), stopProgram(worker), authenticationApp.stop()]);
    await app.close();
    await postgres.stop();
  };
  try {
    await waitForHealth(origin, web);
    options.onOpen?.({
      origin,
      officers,
      authenticationAppIssuer: authenticationApp.issuer,
      cardHost,
    });
    const officerIdOf = (wanted: string) => {
      const officer = officers.find(({ id }) => id === wanted);
      if (!officer) throw new Error(`nobody among the named officers is ${wanted}`);
      return officer.officerId;
    };
    const authorsOf = (commission: string) => ({
      administrator: officerIdOf(`administrator-${commission}`),
      colleague: officerIdOf(`colleague-${commission}`),
    });
    const authors = { kanagawa: authorsOf('kanagawa'), national: authorsOf('national') };
    await seedLectures(app, authors, {
      folder: options.folder,
      isFull: options.isFull ?? false,
      isSmall: options.isSmall ?? false,
      onProgress: (label, done) => progress.part(label, done),
    });
  } catch (fault) {
    await stop();
    throw fault;
  }
  return {
    origin,
    cardHost,
    authenticationAppIssuer: authenticationApp.issuer,
    officers,
    app,
    databaseUrl,
    environment,
    stop,
  };
}
