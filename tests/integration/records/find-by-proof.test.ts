import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeProof } from '#lib/proof/proof.ts';
import { findForCounter } from '#lib/server/records/find-for-counter.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { CLAIMS, makeProofSigner } from '../../support/test-proof.ts';

let desk: CounterDesk;
let recordNumber: string;
let proof: string;
beforeAll(async () => {
  desk = await openCounterDesk();
  recordNumber = await desk.newRecord();
  proof = await desk.proofOf(recordNumber);
});
afterAll(() => desk.close());

const scan = (search: string) => findForCounter(desk.app, desk.mori, { search });

describe('a QR that is scanned at the counter', () => {
  it('opens its record, from paper as from a screenshot, and however the scanner typed it', async () => {
    const found = { kind: 'record', recordNumber };
    expect(await scan(proof)).toEqual(found);
    expect(await scan(`${proof.toLowerCase()}\r\n`)).toEqual(found);
    expect(await scan(proof.replaceAll('+', '~').replaceAll(':', '+').replaceAll('*', '('))).toEqual(found);
  });

  it('opens it too when it was voided or its period is over: the record itself says so', async () => {
    desk.clock.set('2027-01-05T03:00:00Z');
    expect(await scan(proof)).toEqual({ kind: 'record', recordNumber });
    expect(await desk.check(recordNumber)).toMatchObject({ obstacles: ['record_period_over'] });
    desk.resetClock();
  });

  it('is told apart when it was cut off, changed, or signed by somebody else, and each scan is kept', async () => {
    const before = await desk.lastAuditId();
    await expect(scan(proof.slice(0, -30))).rejects.toMatchObject({ code: 'proof_malformed' });
    const at = proof.length - 20;
    const other = proof[at] === '0' ? '1' : '0';
    await expect(scan(proof.slice(0, at) + other + proof.slice(at + 1))).rejects.toMatchObject({
      code: 'proof_tampered',
    });
    const foreign = await makeProof({ ...CLAIMS, recordNumber }, await makeProofSigner('9'));
    await expect(scan(foreign)).rejects.toMatchObject({ code: 'proof_unknown_key' });
    const { keyId } = desk.app.recordSigner;
    const forged = await makeProof({ ...CLAIMS, recordNumber }, await makeProofSigner(keyId));
    await expect(scan(forged)).rejects.toMatchObject({ code: 'proof_tampered' });
    const events = await desk.auditedAfter(before);
    expect(events.map(({ detail }) => detail)).toEqual([
      { by: 'proof', refused: 'malformed' },
      { by: 'proof', refused: 'tampered' },
      { by: 'proof', refused: 'unknownKey' },
      { by: 'proof', refused: 'tampered' },
    ]);
  });
});
