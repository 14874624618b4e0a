import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyProof } from '#lib/proof/proof.ts';
import { listRevoked } from '#lib/server/records/list-revoked.ts';
import { signUnsignedRecords } from '#lib/server/records/sign-unsigned-records.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { environmentOf } from '../../support/test-app.ts';

const root = path.join(import.meta.dirname, '../../..');
let desk: CounterDesk;
let keysFile: string;

beforeAll(async () => {
  desk = await openCounterDesk();
  keysFile = path.join(desk.app.config.dataDir, '..', 'keys.json');
  const { status, out } = await run('record-keys.ts', [], environmentOf(desk.app));
  expect(status).toBe(0);
  writeFileSync(keysFile, out);
});
afterAll(() => desk.close());

function run(script: string, args: string[], env: Record<string, string> = {}) {
  return new Promise<{ status: number | null; out: string; err: string }>((resolve) => {
    const child = execFile(
      process.execPath,
      [path.join(root, 'scripts', script), ...args],
      { cwd: root, env: { ...process.env, ...env } },
      (_, out, err) => resolve({ status: child.exitCode, out, err }),
    );
  });
}

async function proofOf(recordNumber: string): Promise<string> {
  const { proof } = await desk.db
    .selectFrom('completionRecord')
    .where('recordNumber', '=', recordNumber)
    .select('proof')
    .executeTakeFirstOrThrow();
  return proof!;
}
const verify = (...args: string[]) => run('record-verify.ts', args);
const at = ['--at', '2026-11-23T03:00:00Z'];

describe('a counter without network', () => {
  it('is told of records that are voided, used or rejected, until their period is over', async () => {
    const [open, rejected, used] = [await desk.newRecord(), await desk.newRecord(), await desk.newRecord()];
    await desk.reject(rejected);
    await desk.accept(used);
    await desk.testEyes(used);
    expect((await listRevoked(desk.app, desk.mori)).recordNumbers).toEqual([rejected]);
    await desk.issue(used);
    const revoked = await listRevoked(desk.app, desk.hayashi);
    expect(revoked.asOf).toBe('2026-11-22T03:00:00.000Z');
    expect([...revoked.recordNumbers].sort()).toEqual([rejected, used].sort());

    const state = { keys: desk.app.recordSigner.keys, revoked: new Set(revoked.recordNumbers) };
    const look = async (recordNumber: string) =>
      verifyProof(await proofOf(recordNumber), { ...state, now: desk.clock.now() });
    expect(await look(open)).toMatchObject({ kind: 'valid' });
    expect(await look(used)).toMatchObject({ kind: 'invalid', reason: 'revoked' });

    desk.clock.set('2027-01-05T03:00:00Z');
    expect((await listRevoked(desk.app, desk.mori)).recordNumbers).toEqual([]);
    expect(await look(used)).toMatchObject({ kind: 'invalid', reason: 'revoked' });
    expect(await look(open)).toMatchObject({ kind: 'invalid', reason: 'expired' });
    desk.resetClock();
  });
});

describe('npm run record:sign', () => {
  it('signs what was issued before there were proofs, once', async () => {
    const recordNumber = await desk.newRecord();
    const proof = await proofOf(recordNumber);
    const old = { proof: null, signingKeyId: 'before' };
    await desk.db.updateTable('completionRecord').set(old).where('recordNumber', '=', recordNumber).execute();
    expect(await desk.check(recordNumber)).toMatchObject({ isIntact: false });
    expect(await signUnsignedRecords(desk.app)).toBe(1);
    expect(await signUnsignedRecords(desk.app)).toBe(0);
    expect(await desk.check(recordNumber)).toMatchObject({ isIntact: true });
    expect(await proofOf(recordNumber)).not.toBe(proof);
  });
});

describe('npm run record:verify', () => {
  it('finds a proof good, says what it says, and ends with 0', async () => {
    const recordNumber = await desk.newRecord();
    const { status, out } = await verify(await proofOf(recordNumber), '--keys', keysFile, ...at);
    expect(out).toMatch(/^valid 有効\n/);
    expect(out).toContain(recordNumber.slice(3, 7));
    expect(out).toContain('2027-01-04');
    expect(out).toContain('is not known');
    expect(status).toBe(0);
  });

  it('says why a proof is no good, and ends with 1', async () => {
    const recordNumber = await desk.newRecord();
    const proof = await proofOf(recordNumber);
    const revokedFile = path.join(path.dirname(keysFile), 'revoked.json');
    writeFileSync(
      revokedFile,
      JSON.stringify({ asOf: '2026-11-22T03:00:00Z', recordNumbers: [recordNumber] }),
    );
    const none = path.join(path.dirname(keysFile), 'none.json');
    writeFileSync(none, JSON.stringify({ keys: [] }));
    for (const [reason, args] of [
      ['revoked', [proof, '--keys', keysFile, '--revoked', revokedFile, ...at]],
      ['expired', [proof, '--keys', keysFile, '--at', '2027-01-05T00:00:00+09:00']],
      ['unknownKey', [proof, '--keys', none, ...at]],
      ['malformed', [proof.slice(0, -3), '--keys', keysFile, ...at]],
    ] as const) {
      const { status, out } = await verify(...args);
      expect(out).toMatch(new RegExp(`^invalid 無効: ${reason}\n`));
      expect(status).toBe(1);
    }
  });

  it('tells how it is used, and ends with 2 when it cannot be followed', async () => {
    const help = await verify('--help');
    expect(help).toMatchObject({ status: 0, err: '' });
    expect(help.out).toContain('--keys FILE');
    for (const args of [
      [],
      ['KOSHU1:A'],
      ['KOSHU1:A', '--keys', 'nowhere.json'],
      ['--keys', keysFile],
      ['A', 'B', '--keys', keysFile],
    ]) {
      const { status, err } = await verify(...args);
      expect(err).toContain('Exit status');
      expect(status).toBe(2);
    }
    const noList = await verify('KOSHU1:A', '--keys', keysFile, '--revoked', keysFile);
    expect(noList).toMatchObject({ status: 2 });
  });
});
