import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bytes } from '#lib/proof/cose-sign1.ts';
import { webCrypto } from '#lib/proof/proof-crypto.ts';
import { makeProofSigner } from '../../../../tests/support/test-proof.ts';
import { nodeCrypto } from './node-crypto.ts';

const [ours, other] = await Promise.all([makeProofSigner('1'), makeProofSigner('2')]);

const bytes = (lengths: { minLength?: number; maxLength?: number }): fc.Arbitrary<Bytes> =>
  fc.uint8Array(lengths).map((array) => Uint8Array.from(array));

const both = async (key: typeof ours.key, text: Bytes, signature: Bytes) => {
  const [here, there] = await Promise.all([
    nodeCrypto.isSigned(key, text, signature),
    webCrypto.isSigned(key, text, signature),
  ]);
  expect(here).toBe(there);
  return here;
};

describe('the cryptography of the server and that of browsers', () => {
  it('take the same signatures', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ maxLength: 300 }), async (text) => {
        const signature = Uint8Array.from(await ours.sign(text));
        expect(await both(ours.key, text, signature)).toBe(true);
        expect(await both(other.key, text, signature)).toBe(false);
      }),
    );
  });

  it('refuse the same, whatever was changed and in whatever form it comes', async () => {
    const text = Uint8Array.from([1, 2, 3]);
    const signature = Uint8Array.from(await ours.sign(text));
    await fc.assert(
      fc.asyncProperty(
        fc.nat(signature.length - 1),
        fc.integer({ min: 1, max: 255 }),
        bytes({ maxLength: 80 }),
        async (at, by, foreign) => {
          const changed = signature.map((byte, index) => (index === at ? byte ^ by : byte));
          expect(await both(ours.key, text, changed)).toBe(false);
          expect(await both(ours.key, text, foreign)).toBe(false);
        },
      ),
    );
    const [zeros, ones] = [new Uint8Array(64), new Uint8Array(64).fill(255)];
    for (const odd of [zeros, ones, signature.slice(1), new Uint8Array(0)]) {
      expect(await both(ours.key, text, odd)).toBe(false);
    }
  });

  it('digest the same', async () => {
    await fc.assert(
      fc.asyncProperty(bytes({ maxLength: 300 }), async (text) => {
        expect(nodeCrypto.sha256(text)).toEqual(await webCrypto.sha256(text));
      }),
    );
  });
});
