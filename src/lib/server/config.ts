import path from 'node:path';
import { z } from 'zod';
import { ATTENDANCE_LIMITS, LIMITS, type AttendanceLimits } from '#lib/domain/limits.ts';
import {
  CardHostEnvironment,
  readCardHostSettings,
  type CardHostSettings,
} from './sign-in/card-host/settings.ts';
import { KEY_ID } from './records/proof-keys.ts';
import type { RecordSigningKey } from './records/record-signer.ts';
import { ExchangeEnvironment, readExchangeSettings, type ExchangeSettings } from './exchange/settings.ts';
import { StorageEnvironment, type StorageSettings } from './storage/settings.ts';
import {
  AuthenticationAppSettings,
  type AuthenticationAppConfig,
} from './sign-in/authentication-app/configuration.ts';

const WRAPPING_KEY_BYTES = 32;
const DAY_MS = 24 * 3_600_000;

const isWrappingKey = (text: string) => Buffer.from(text, 'base64').length === WRAPPING_KEY_BYTES;

/** `id:base64`, separated by spaces: the keys before this one, until `npm run secrets:rotate` has left nothing under them. */
const OldWrappingKeys = z
  .string()
  .default('')
  .transform((text) => text.split(/\s+/).filter((part) => part !== ''))
  .refine((parts) => parts.every((part) => /^[^:]+:[A-Za-z0-9+/]+=*$/.test(part)), {
    message: 'must be id:key, separated by spaces',
  })
  .transform((parts) => parts.map((part) => part.split(':') as [id: string, bytes: string]))
  .refine((keys) => keys.every(([, bytes]) => isWrappingKey(bytes)), {
    message: `each key must be ${WRAPPING_KEY_BYTES} bytes in base64`,
  })
  .transform((keys) => keys.map(([id, bytes]) => ({ id, bytes: Buffer.from(bytes, 'base64') })));

const Environment = z.object({
  KOSHU_MODE: z.enum(['production', 'demo', 'test']).default('production'),
  ORIGIN: z.url(),
  DATABASE_URL: z.string().min(1),
  DATA_DIR: z.string().min(1),
  TRUST_DIR: z.string().min(1),
  CRL_DIR: z.string().min(1),
  ALLOW_TEST_CARDS: z.enum(['0', '1']).default('0'),
  TEST_CARDS_DIR: z.string().min(1).optional(),
  WRAPPING_KEY: z.base64().refine(isWrappingKey, {
    message: `must be ${WRAPPING_KEY_BYTES} bytes in base64`,
  }),
  WRAPPING_KEY_ID: z.string().min(1).default('1'),
  OLD_WRAPPING_KEYS: OldWrappingKeys,
  RECORD_SIGNING_KEY_FILE: z.string().min(1),
  RECORD_SIGNING_KEY_ID: z.string().regex(KEY_ID).default('1'),
  OLD_RECORD_KEYS_FILE: z.string().default(''),
  LEGAL_MINUTES_SCALE: z.coerce.number().positive().max(1).default(1),
  HEARTBEAT_INTERVAL_MS: z.coerce.number().int().positive().optional(),
  LOOK_MS: z.coerce.number().int().positive().optional(),
  LEASE_TTL_MS: z.coerce.number().int().positive().optional(),
  SIGN_IN_ATTEMPTS_PER_BROWSER: z.coerce.number().int().positive().optional(),
  SIGN_IN_ATTEMPTS_PER_NETWORK: z.coerce.number().int().positive().optional(),
  ...CardHostEnvironment,
  ...ExchangeEnvironment,
  UPLOAD_KEEP_DAYS: z.coerce.number().int().min(1).max(365).default(LIMITS.uploadKeepDays),
  ANNOUNCEMENT_FILE: z.string().default(''),
  FFMPEG_PATH: z.string().min(1).default('ffmpeg'),
  FFPROBE_PATH: z.string().min(1).default('ffprobe'),
  DATABASE_CONNECTIONS: z.coerce.number().int().positive().default(8),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
});

export interface Config {
  readonly mode: 'production' | 'demo' | 'test';
  /** Scheme, host and port that browsers use, without a slash at the end. */
  readonly origin: string;
  readonly databaseUrl: string;
  readonly databaseConnections: number;
  /** Of this machine: what is being worked on; and files, where `storage` says so. */
  readonly dataDir: string;
  /** Where media, photos and uploads are kept. */
  readonly storage: StorageSettings;
  readonly trustDir: string;
  readonly crlDir: string;
  readonly allowTestCards: boolean;
  /** Demo only: the card files offered with one click. */
  readonly testCardsDir: string | null;
  /** AES-256 key that wraps the master secrets of videos. */
  readonly wrappingKey: { readonly id: string; readonly bytes: Buffer };
  /** Keys before it, under which secrets may still be wrapped. */
  readonly oldWrappingKeys: readonly { readonly id: string; readonly bytes: Buffer }[];
  readonly recordSigningKey: RecordSigningKey;
  /** null: learners do not sign in by the authentication app here. */
  readonly authenticationApp: AuthenticationAppConfig | null;
  /** 1 by law; the demo shortens the 30 and 60 minutes by it. */
  readonly legalMinutesScale: number;
  readonly attendanceLimits: AttendanceLimits;
  /** How often one kind of attempt to sign in may be made in a window. */
  readonly signInLimits: {
    readonly perBrowser: number;
    readonly perNetwork: number;
    readonly windowMs: number;
  };
  /** Where a card in a reader is asked for; null where that is no way in. */
  readonly cardHost: CardHostSettings | null;
  /** Where the police's own systems come in; `host` is null where they do not. */
  readonly exchange: ExchangeSettings;
  /** How long an unfinished upload is kept after its last part. */
  readonly uploadKeepMs: number;
  /** What the operator tells everybody (docs/announcements.md); null: there is no such file. */
  readonly announcementFile: string | null;
  readonly ffmpegPath: string;
  readonly ffprobePath: string;
  readonly logLevel: string;
}

/**
 * Reads the configuration out of the environment, once per process. Throws one error that names every fault.
 * Production refuses what only a demo may do: shortened lectures and other attendance limits.
 */
export function parseConfig(environment: Record<string, string | undefined>): Config {
  const parsed = Environment.safeParse(environment);
  const authenticationApp = AuthenticationAppSettings.safeParse(environment);
  const storage = StorageEnvironment.safeParse(environment);
  if (!parsed.success || !authenticationApp.success || !storage.success) {
    const issues = [parsed, authenticationApp, storage].flatMap(({ error }) => error?.issues ?? []);
    const faults = issues.map((issue) => `  ${issue.path.join('.')}: ${issue.message}`);
    throw new Error(`The configuration is incomplete (see .env.example):\n${faults.join('\n')}`);
  }
  const env = parsed.data;
  const keyIds = [env.WRAPPING_KEY_ID, ...env.OLD_WRAPPING_KEYS.map(({ id }) => id)];
  if (new Set(keyIds).size < keyIds.length) {
    throw new Error('WRAPPING_KEY_ID and OLD_WRAPPING_KEYS name two keys alike: a new key needs a new id');
  }
  const overridesLimits = [env.HEARTBEAT_INTERVAL_MS, env.LOOK_MS, env.LEASE_TTL_MS].some(
    (value) => value !== undefined,
  );
  const overridesSignInLimits =
    env.SIGN_IN_ATTEMPTS_PER_BROWSER !== undefined || env.SIGN_IN_ATTEMPTS_PER_NETWORK !== undefined;
  if (env.KOSHU_MODE === 'production') {
    const refused = [
      env.LEGAL_MINUTES_SCALE !== 1 && 'LEGAL_MINUTES_SCALE (the law has no shorter lecture)',
      overridesLimits &&
        'HEARTBEAT_INTERVAL_MS, LOOK_MS, LEASE_TTL_MS (the attendance rule is not a setting)',
      overridesSignInLimits &&
        'SIGN_IN_ATTEMPTS_PER_BROWSER, SIGN_IN_ATTEMPTS_PER_NETWORK (nobody may try without end)',
      env.TEST_CARDS_DIR !== undefined && 'TEST_CARDS_DIR (cards are not handed out)',
    ].filter((reason) => reason !== false);
    if (refused.length > 0) throw new Error(`KOSHU_MODE=production refuses: ${refused.join('; ')}`);
  }
  return {
    mode: env.KOSHU_MODE,
    origin: new URL(env.ORIGIN).origin,
    databaseUrl: env.DATABASE_URL,
    databaseConnections: env.DATABASE_CONNECTIONS,
    dataDir: path.resolve(env.DATA_DIR),
    storage: storage.data,
    trustDir: path.resolve(env.TRUST_DIR),
    crlDir: path.resolve(env.CRL_DIR),
    allowTestCards: env.ALLOW_TEST_CARDS === '1',
    testCardsDir: env.TEST_CARDS_DIR === undefined ? null : path.resolve(env.TEST_CARDS_DIR),
    wrappingKey: { id: env.WRAPPING_KEY_ID, bytes: Buffer.from(env.WRAPPING_KEY, 'base64') },
    oldWrappingKeys: env.OLD_WRAPPING_KEYS,
    recordSigningKey: {
      id: env.RECORD_SIGNING_KEY_ID,
      file: path.resolve(env.RECORD_SIGNING_KEY_FILE),
      oldKeysFile: env.OLD_RECORD_KEYS_FILE === '' ? null : path.resolve(env.OLD_RECORD_KEYS_FILE),
    },
    authenticationApp: authenticationApp.data,
    legalMinutesScale: env.LEGAL_MINUTES_SCALE,
    attendanceLimits: {
      ...ATTENDANCE_LIMITS,
      heartbeatIntervalMs: env.HEARTBEAT_INTERVAL_MS ?? ATTENDANCE_LIMITS.heartbeatIntervalMs,
      lookMs: env.LOOK_MS ?? ATTENDANCE_LIMITS.lookMs,
      leaseTtlMs: env.LEASE_TTL_MS ?? ATTENDANCE_LIMITS.leaseTtlMs,
    },
    signInLimits: {
      perBrowser: env.SIGN_IN_ATTEMPTS_PER_BROWSER ?? LIMITS.signInAttemptsPerBrowser,
      perNetwork: env.SIGN_IN_ATTEMPTS_PER_NETWORK ?? LIMITS.signInAttemptsPerNetwork,
      windowMs: LIMITS.signInWindowMs,
    },
    cardHost: readCardHostSettings(env, env.ORIGIN),
    exchange: readExchangeSettings(env),
    uploadKeepMs: env.UPLOAD_KEEP_DAYS * DAY_MS,
    announcementFile: env.ANNOUNCEMENT_FILE === '' ? null : path.resolve(env.ANNOUNCEMENT_FILE),
    ffmpegPath: env.FFMPEG_PATH,
    ffprobePath: env.FFPROBE_PATH,
    logLevel: env.LOG_LEVEL,
  };
}
