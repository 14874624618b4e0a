import { promises as fs } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Config } from '../config.ts';
import { readAnchor, type Anchor } from './anchor.ts';
import { ocspResponder } from './revocation-by-ocsp.ts';
import { crlFolder } from './revocation-by-crl.ts';
import { revocationByAnchor, type RevocationSource } from './revocation.ts';

/** Where the status of an anchor's certificates is asked, instead of the lists in CRL_DIR. */
const OcspSettings = z.strictObject({
  url: z
    .url({ protocol: /^https?$/ })
    .refine((url) => new URL(url).username === '' && new URL(url).password === '', 'holds a password'),
  /** With what the request names the authority. Responders know both or SHA-1 only. */
  certIdHash: z.enum(['sha1', 'sha256']).default('sha1'),
  /** False for a responder that signs its answers beforehand. */
  requireNonce: z.boolean().default(true),
});

/** `trust.json` of the trust folder (docs/certificates.md). An empty list means that no card can sign in. */
export const TrustFile = z.array(
  z.strictObject({
    file: z.string().regex(/^[\w.-]+\.pem$/),
    id: z.string().regex(/^[a-z0-9-]{1,40}$/),
    kind: z.enum(['auth', 'sign']),
    policies: z.array(z.string().regex(/^[0-2](\.\d+)+$/)).min(1),
    env: z.enum(['production', 'test']),
    ocsp: OcspSettings.optional(),
  }),
);
export type TrustFile = z.input<typeof TrustFile>;
type TrustEntry = z.output<typeof TrustFile>[number];

/** Whom this installation believes, and who tells it what is revoked. */
export interface Trust {
  readonly anchors: readonly Anchor[];
  readonly revocation: RevocationSource;
  /** Test cards can sign in: every page must say so. */
  readonly hasTestAnchors: boolean;
}

type TrustConfig = Pick<Config, 'mode' | 'trustDir' | 'crlDir' | 'allowTestCards'>;

/**
 * Reads the anchors of TRUST_DIR. Throws, so that the program does not start, when the folder is not in order, when a PEM file in it is not
 * named in trust.json, and in production when an anchor is a test's and ALLOW_TEST_CARDS is not 1.
 */
export async function loadTrust(config: TrustConfig): Promise<Trust> {
  const listed = await readTrustFile(config.trustDir);
  const present = (await fs.readdir(config.trustDir)).filter((name) => name.endsWith('.pem'));
  const unnamed = present.filter((name) => !listed.some(({ file }) => file === name));
  if (unnamed.length > 0) throw new Error(`TRUST_DIR: ${unnamed.join(', ')} is not named in trust.json`);
  const anchors = await Promise.all(listed.map((entry) => loadAnchor(config.trustDir, entry)));
  for (const [index, anchor] of anchors.entries()) {
    const twin = anchors
      .slice(0, index)
      .find(({ id, sha256 }) => id === anchor.id || sha256 === anchor.sha256);
    if (twin) throw new Error(`TRUST_DIR: ${twin.id} and ${anchor.id} have one id or are one certificate`);
  }
  const testAnchors = anchors.filter(({ env }) => env === 'test').map(({ id }) => id);
  if (config.mode === 'production' && testAnchors.length > 0 && !config.allowTestCards) {
    throw new Error(
      `KOSHU_MODE=production refuses the test anchors ${testAnchors.join(', ')}: anybody can make such a card. ` +
        'Take them out of TRUST_DIR, or set ALLOW_TEST_CARDS=1 for a rehearsal.',
    );
  }
  const revocation = revocationOf(listed, anchors, config.crlDir);
  return { anchors, revocation, hasTestAnchors: testAnchors.length > 0 };
}

/** Each anchor is asked about at one place: its responder when it names one, else the folder of lists. */
function revocationOf(
  listed: readonly TrustEntry[],
  anchors: readonly Anchor[],
  crlDir: string,
): RevocationSource {
  const lists = crlFolder(crlDir, anchors);
  return revocationByAnchor(
    new Map(listed.map(({ id, ocsp }) => [id, ocsp ? ocspResponder(ocsp.url, ocsp) : lists])),
  );
}

async function readTrustFile(folder: string): Promise<TrustEntry[]> {
  const file = path.join(folder, 'trust.json');
  try {
    return TrustFile.parse(JSON.parse(await fs.readFile(file, 'utf8')));
  } catch (error) {
    throw new Error(`TRUST_DIR: ${file} cannot be read`, { cause: error });
  }
}

async function loadAnchor(folder: string, entry: TrustEntry): Promise<Anchor> {
  const { file, id, kind, policies, env } = entry;
  try {
    return readAnchor(await fs.readFile(path.join(folder, file), 'utf8'), { id, kind, policies, env });
  } catch (error) {
    throw new Error(`TRUST_DIR: ${file} cannot be an anchor`, { cause: error });
  }
}
