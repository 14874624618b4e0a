import { createHash, randomInt, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extendedKeyUsage, isCertificateAuthority } from '#lib/server/certificates/extensions.ts';
import { parseCertificate, type ParsedCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { genuine } from '../../../bench/support/fuzz/elements.ts';
import { edits, mutate } from '../../../bench/support/fuzz/mutate.ts';
import { fuzz } from '../../../bench/support/fuzz/run.ts';
import { declined } from '../../../bench/support/fuzz/targets.ts';
import { makeBenchPki, type BenchPki } from '../../../bench/support/pki.ts';

let pki: BenchPki;
beforeAll(async () => {
  pki = await makeBenchPki();
});
afterAll(() => pki.remove());

describe('what strangers send', () => {
  it(
    'is declined, and nothing worse, after any changes to what is genuine',
    { timeout: 120_000 },
    async () => {
      const result = await fuzz(pki, { inputs: 6_000, seed: randomInt(2 ** 31) });
      expect(result).toMatchObject({ inputs: 6_000, crashes: [], accepted: [] });
      // The readers were met deep inside, not only at their doors.
      expect(result.refusals.size).toBeGreaterThan(25);
    },
  );
});

describe('a certificate that our reader takes', () => {
  const orNull = <Value>(read: () => Value): Value | null => {
    try {
      return read();
    } catch (error) {
      if (declined(error) === null) throw error;
      return null;
    }
  };

  function expectSameFacts(bytes: Buffer, ours: ParsedCertificate): void {
    const theirs = new X509Certificate(bytes);
    expect(theirs.raw.equals(bytes)).toBe(true);
    expect(theirs.serialNumber.toLowerCase()).toBe(ours.serial);
    expect([theirs.validFromDate, theirs.validToDate]).toEqual([ours.notBefore, ours.notAfter]);
    const spki = theirs.publicKey.export({ type: 'spki', format: 'der' });
    expect(createHash('sha256').update(spki).digest()).toEqual(ours.spkiSha256);
    if (theirs.publicKey.asymmetricKeyType === 'rsa') {
      const { modulusLength, publicExponent } = theirs.publicKey.asymmetricKeyDetails ?? {};
      expect(ours.rsa).toEqual({ bits: modulusLength, exponent: publicExponent });
    } else expect(ours.rsa).toBeNull();
    // An authority to them is never a card to us.
    if (theirs.ca) expect(orNull(() => isCertificateAuthority(ours))).not.toBe(false);
    const usages = orNull(() => extendedKeyUsage(ours));
    if (usages !== null) expect(theirs.keyUsage).toEqual(usages);
  }

  it('is one to OpenSSL too, with the same facts, whatever was changed in it', { timeout: 120_000 }, () => {
    const inputs = [pki.cards.auth.der, pki.cards.sign.der, pki.authorities.auth.certificate.rawData].map(
      (bytes) => genuine(Buffer.from(bytes as Uint8Array)),
    );
    const choice = fc.tuple(fc.nat(inputs.length - 1), fc.nat(inputs.length - 1), edits);
    let taken = 0;
    fc.assert(
      fc.property(choice, ([own, donor, list]) => {
        const bytes = mutate(inputs[own]!, inputs[donor]!, list);
        const ours = orNull(() => parseCertificate(bytes));
        if (ours === null) return;
        taken += 1;
        expectSameFacts(bytes, ours);
      }),
      { numRuns: 4_000 },
    );
    expect(taken).toBeGreaterThan(100);
  });
});
