import { describe, expect, it } from 'vitest';
import { ATTENDANCE_LIMITS } from '#lib/domain/limits.ts';
import { parseConfig } from './config.ts';

const PRODUCTION = {
  ORIGIN: 'https://koshu.example/',
  DATABASE_URL: 'postgres://koshu@db.example/koshu',
  DATA_DIR: 'data',
  TRUST_DIR: 'trust',
  CRL_DIR: 'crl',
  WRAPPING_KEY: Buffer.alloc(32, 1).toString('base64'),
  RECORD_SIGNING_KEY_FILE: 'record-signing.pem',
};

describe('the configuration', () => {
  it('is production with the lawful minutes and the rule as it stands when nothing else is said', () => {
    expect(parseConfig(PRODUCTION)).toMatchObject({
      mode: 'production',
      origin: 'https://koshu.example',
      allowTestCards: false,
      legalMinutesScale: 1,
      attendanceLimits: ATTENDANCE_LIMITS,
    });
  });

  it('names everything that is missing or wrong in one message', () => {
    const faults = () => parseConfig({ ORIGIN: 'koshu', WRAPPING_KEY: 'c2hvcnQ=' });
    for (const name of [
      'ORIGIN',
      'DATABASE_URL',
      'DATA_DIR',
      'TRUST_DIR',
      'WRAPPING_KEY: must be 32 bytes',
    ]) {
      expect(faults).toThrow(name);
    }
  });

  it('names what a bucket lacks together with everything else', () => {
    const faults = () => parseConfig({ ...PRODUCTION, ORIGIN: 'koshu', STORAGE: 's3', S3_ENDPOINT: 'x' });
    for (const name of ['ORIGIN', 'S3_ENDPOINT', 'S3_BUCKET']) expect(faults).toThrow(name);
  });

  it.each([
    ['shorter lectures', { LEGAL_MINUTES_SCALE: '0.05' }],
    ['keys that reach further', { LOOK_MS: '600000' }],
    ['leases that live longer', { LEASE_TTL_MS: '600000' }],
    ['another heartbeat', { HEARTBEAT_INTERVAL_MS: '1' }],
    ['cards that are handed out', { TEST_CARDS_DIR: 'cards' }],
    ['more attempts to sign in', { SIGN_IN_ATTEMPTS_PER_BROWSER: '1000000' }],
    ['more attempts of one network', { SIGN_IN_ATTEMPTS_PER_NETWORK: '1000000' }],
  ])('in production refuses %s', (_, setting) => {
    expect(() => parseConfig({ ...PRODUCTION, ...setting })).toThrow('KOSHU_MODE=production refuses');
    expect(() => parseConfig({ ...PRODUCTION, ...setting, KOSHU_MODE: 'demo' })).not.toThrow();
  });

  it('knows the wrapping keys before the current one by id, and no two alike', () => {
    const key = (byte: number) => Buffer.alloc(32, byte).toString('base64');
    const withOld = (text: string) => parseConfig({ ...PRODUCTION, OLD_WRAPPING_KEYS: text });
    expect(parseConfig(PRODUCTION).oldWrappingKeys).toEqual([]);
    expect(withOld(` 2024:${key(2)}  2025:${key(3)} `).oldWrappingKeys).toEqual([
      { id: '2024', bytes: Buffer.alloc(32, 2) },
      { id: '2025', bytes: Buffer.alloc(32, 3) },
    ]);
    for (const wrong of ['x', '2024:', `:${key(2)}`, '2024:c2hvcnQ=']) {
      expect(() => withOld(wrong)).toThrow('OLD_WRAPPING_KEYS');
    }
    expect(() => withOld(`1:${key(2)}`)).toThrow('a new key needs a new id');
  });

  it('never lengthens the minutes and never makes them nothing', () => {
    for (const scale of ['0', '2', '-1', 'x']) {
      expect(() => parseConfig({ ...PRODUCTION, KOSHU_MODE: 'demo', LEGAL_MINUTES_SCALE: scale })).toThrow(
        'LEGAL_MINUTES_SCALE',
      );
    }
  });
});
