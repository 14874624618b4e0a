import { createPublicKey, type KeyObject } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import type { ProofKey } from '#lib/proof/proof.ts';

/** Short, because it stands in every proof. */
export const KEY_ID = /^[A-Za-z0-9._-]{1,16}$/;

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{43}$/);
const KeySet = z.object({
  keys: z
    .array(
      z.object({
        kid: z.string().regex(KEY_ID),
        kty: z.literal('EC'),
        crv: z.literal('P-256'),
        x: Coordinate,
        y: Coordinate,
      }),
    )
    .refine((keys) => new Set(keys.map(({ kid }) => kid)).size === keys.length, 'two keys have one kid')
    .refine((keys) => keys.every(isPointOnCurve), 'a key is no point on P-256'),
});

/** The public half of a key on P-256, as it stands in a key set. */
export function proofKeyOf(kid: string, publicKey: KeyObject): ProofKey {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
  return { kid, kty: 'EC', crv: 'P-256', x, y };
}

/** Reads a JSON Web Key Set (RFC 7517 §5) of our keys. Throws an error that names the file and its fault. */
export async function readKeySet(file: string): Promise<readonly ProofKey[]> {
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new Error(`${file} cannot be read`, { cause });
  });
  const parsed = KeySet.safeParse(jsonOf(text));
  if (parsed.success) return parsed.data.keys;
  const faults = parsed.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}`);
  throw new Error(`${file} is no set of public keys (${faults.join('; ')})`);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isPointOnCurve({ kty, crv, x, y }: ProofKey): boolean {
  try {
    createPublicKey({ key: { kty, crv, x, y }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
