import { createPublicKey, sign, verify, type KeyObject } from 'node:crypto';
import { parseArgs } from 'node:util';
import { parseCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import { verifySignature } from '#lib/server/certificates/verify-signature.ts';
import { makeBenchPki } from './support/pki.ts';

// A server that has been up for a while has its code compiled.
const WARM_UP = 20_000;

type Step = () => void | Promise<void>;

/**
 * One sign-in (certificate read twice, path, revocation list, signature of the challenge) beside `crypto.verify` of the same two
 * signatures with keys that are at hand, in turns: what else a sign-in does is all that lies between them. Microseconds, medians of rounds.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: { inputs: { type: 'string', default: '2000' }, rounds: { type: 'string', default: '7' } },
  });
  const inputs = Number(values.inputs);
  const rounds = Number(values.rounds);
  const pki = await makeBenchPki();
  try {
    const { der, privateKey } = pki.cards.auth;
    const challenge = Buffer.from('利用者証明用電子証明書で署名する文章\n'.repeat(8));
    const signature = sign('sha256', challenge, privateKey);
    const card = parseCertificate(der);
    const spki = card.publicKey.export({ type: 'spki', format: 'der' });
    const anchorKey = pki.trust.anchors.find(({ kind }) => kind === 'auth')!.publicKey;
    const bare = (key: KeyObject) => {
      if (!verify('sha256', card.tbs, anchorKey, card.signature)) throw new Error('bare path');
      if (!verify('sha256', challenge, key, signature)) throw new Error('bare signature');
    };
    const steps: Record<'bare' | 'bareWithKeyRead' | 'ours', Step> = {
      bare: () => bare(card.publicKey),
      bareWithKeyRead: () => bare(createPublicKey({ key: spki, format: 'der', type: 'spki' })),
      ours: async () => {
        const verified = await verifyCertificate(pki.trust, der, { purpose: 'auth', at: pki.at });
        verifySignature(verified, challenge, signature);
      },
    };
    await measure(steps, WARM_UP);
    const medians: Record<string, number[]> = { bare: [], bareWithKeyRead: [], ours: [] };
    for (let round = 1; round <= rounds; round += 1) {
      const found = await measure(steps, inputs);
      for (const [name, us] of Object.entries(found)) medians[name]?.push(us);
      process.stdout.write(
        `round ${round}   crypto.verify twice ${show(found.bare)}   with the card's key read ${show(found.bareWithKeyRead)}   ` +
          `one sign-in ${show(found.ours)}\n`,
      );
    }
    const [bareUs, withKeyUs, oursUs] = Object.values(medians).map(median);
    if (bareUs === undefined || withKeyUs === undefined || oursUs === undefined) throw new Error('no rounds');
    return {
      bare_us: rounded(bareUs),
      bare_with_key_us: rounded(withKeyUs),
      ours_us: rounded(oursUs),
      ratio: Number((oursUs / bareUs).toFixed(2)),
    };
  } finally {
    pki.remove();
  }
}

/** The median time of each step, one after the other in turns so that all meet the same machine. */
async function measure<Name extends string>(
  steps: Record<Name, Step>,
  inputs: number,
): Promise<Record<Name, number>> {
  const named = Object.entries<Step>(steps).map(([name, step]) => ({
    name,
    step,
    us: new Float64Array(inputs),
  }));
  for (let input = 0; input < inputs; input += 1) {
    for (const { step, us } of named) {
      const from = process.hrtime.bigint();
      const pending = step();
      if (pending) await pending;
      us[input] = Number(process.hrtime.bigint() - from) / 1_000;
    }
  }
  return Object.fromEntries(named.map(({ name, us }) => [name, median([...us])])) as Record<Name, number>;
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? NaN;
const rounded = (us: number) => Number(us.toFixed(1));
const show = (us: number) => `${us.toFixed(1).padStart(7)} us`;
