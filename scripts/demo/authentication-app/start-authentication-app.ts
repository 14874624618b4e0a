import type { ChildProcess } from 'node:child_process';
import { createPrivateKey, createPublicKey, generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { TestCa } from '../../make-test-ca.ts';
import { startProgram, stopProgram } from '../../support/child-process.ts';
import { freePort, isPortTaken } from '../../support/free-port.ts';
import { ACR, subjectOf, type ProviderClient, type ProviderKeys } from './provider.ts';
import { issuerAt, signTransactionsAt } from './server.ts';

const CLIENT_ID = 'koshu';
const CLIENT_KEY_ID = 'koshu-1';
const OWNER_ONLY = 0o600;

export interface AuthenticationAppOfDemo {
  readonly issuer: string;
  /** The settings by which Koshu finds it. */
  readonly environment: Readonly<Record<string, string>>;
  /** What it will call the holder of this test card. */
  readonly subjectOf: (cardId: string) => string;
  stop(): Promise<void>;
}

/**
 * Starts the authentication app of a demo as a program of its own. Keys, secret and port are made on the first start and kept in `folder`:
 * issuer and subjects stay the same, and with them the links that people made.
 */
export async function startAuthenticationApp(options: {
  readonly folder: string;
  readonly logFile: string;
  readonly origin: string;
  readonly testCa: Pick<TestCa, 'cardsDir' | 'trustDir' | 'crlDir'>;
}): Promise<AuthenticationAppOfDemo> {
  const { folder, origin, testCa } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const keysFile = path.join(folder, 'provider-keys.json');
  const keys = JSON.parse(remembered(keysFile, makeKeys)) as ProviderKeys;
  const clientKeyFile = path.join(folder, 'client.pem');
  const clientKey = createPrivateKey(remembered(clientKeyFile, makeClientKey));
  const port = await rememberedPort(path.join(folder, 'port'));

  const client: ProviderClient = {
    clientId: CLIENT_ID,
    name: 'オンライン更新時講習',
    redirectUris: [`${origin}/sign-in/app/callback`, `${origin}/sign-in/app/signature/callback`],
    publicJwk: { ...createPublicKey(clientKey).export({ format: 'jwk' }), kid: CLIENT_KEY_ID, use: 'sig' },
  };
  const program = startProgram(
    path.join(import.meta.dirname, 'program.ts'),
    {
      APP_PORT: String(port),
      APP_CLIENT: JSON.stringify(client),
      APP_KEYS_FILE: keysFile,
      TEST_CARDS_DIR: testCa.cardsDir,
      TRUST_DIR: testCa.trustDir,
      CRL_DIR: testCa.crlDir,
    },
    options.logFile,
  );
  const issuer = issuerAt(port);
  await waitUntilAnswers(program, issuer, options.logFile);
  return {
    issuer,
    environment: {
      OIDC_ISSUER: issuer,
      OIDC_CLIENT_ID: CLIENT_ID,
      OIDC_PRIVATE_KEY_FILE: clientKeyFile,
      OIDC_PRIVATE_KEY_ID: CLIENT_KEY_ID,
      OIDC_ACR_VALUES: ACR,
      OIDC_SIGN_TRANSACTIONS_ENDPOINT: signTransactionsAt(port),
      OIDC_SIGN_RESULT_ENDPOINT: `${signTransactionsAt(port)}/{id}`,
      OIDC_ENV: 'test',
    },
    subjectOf: (cardId) => subjectOf(keys, CLIENT_ID, cardId),
    stop: () => stopProgram(program),
  };
}

const START_DEADLINE_MS = 30_000;
const POLL_MS = 100;

async function waitUntilAnswers(program: ChildProcess, issuer: string, logFile: string): Promise<void> {
  const deadline = Date.now() + START_DEADLINE_MS;
  while (program.exitCode === null && Date.now() < deadline) {
    const response = await fetch(`${issuer}/protocol/openid-connect/certs`).catch(() => undefined);
    if (response?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
  await stopProgram(program);
  throw new Error(`the authentication app of the demo did not start; see ${logFile}`);
}

function remembered(file: string, make: () => string): string {
  if (!existsSync(file)) writeFileSync(file, make(), { mode: OWNER_ONLY });
  return readFileSync(file, 'utf8');
}

const newKey = () => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const makeClientKey = () => newKey().export({ type: 'pkcs8', format: 'pem' }).toString();

function makeKeys(): string {
  const keys: ProviderKeys = {
    signingJwk: { ...newKey().export({ format: 'jwk' }), kid: 'app-1' },
    subjectSecret: randomBytes(32).toString('base64url'),
  };
  return JSON.stringify(keys);
}

/** The port of last time, as long as nobody else has taken it. */
async function rememberedPort(file: string): Promise<number> {
  const last = existsSync(file) ? Number(readFileSync(file, 'utf8')) : 0;
  if (last > 0 && !(await isPortTaken(last))) return last;
  const port = await freePort();
  writeFileSync(file, String(port));
  return port;
}
