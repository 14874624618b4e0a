import { Refusal, type RefusalCode, type RefusalDetail } from '#lib/domain/refusal.ts';
import { policies } from '#lib/server/certificates/extensions.ts';
import { parseCertificate, type ParsedCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { readFourInformation } from '#lib/server/certificates/subject-information.ts';
import type { Trust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate, type VerifiedCertificate } from '#lib/server/certificates/verify-certificate.ts';
import type { CheckOptions } from './options.ts';

export type Finding =
  | { readonly accepted: true; readonly facts: readonly (readonly [name: string, value: string])[] }
  | { readonly accepted: false; readonly code: RefusalCode; readonly detail: RefusalDetail };

/** Verifies as the sign-in does (for `sign`: as the first link does, the basic four included), and tells what was read. */
export async function checkCertificate(
  trust: Trust,
  der: Buffer,
  { purpose, at, show }: Pick<CheckOptions, 'purpose' | 'at' | 'show'>,
): Promise<Finding> {
  try {
    const verified = await verifyCertificate(trust, der, { purpose, at });
    const certificate = parseCertificate(der);
    const four = purpose === 'sign' ? fourFacts(certificate, show) : [];
    return { accepted: true, facts: [...factsOf(verified, certificate), ...four] };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { accepted: false, code: error.code, detail: error.detail };
  }
}

function factsOf(verified: VerifiedCertificate, certificate: ParsedCertificate): [string, string][] {
  const { source, thisUpdate, nextUpdate } = verified.revocation;
  const size = certificate.rsa ? ` of ${certificate.rsa.bits} bits` : '';
  return [
    ['anchor', `${verified.anchorId} (${verified.env})`],
    ['purpose', verified.purpose],
    ['serial', verified.serial],
    ['valid', `${certificate.notBefore.toISOString()} to ${certificate.notAfter.toISOString()}`],
    ['key', `${verified.keyAlgorithm}${size}`],
    ['signed by', certificate.signatureAlgorithm],
    ['policies', policies(certificate).join(' ')],
    [
      'revocation',
      `not revoked by ${source} of ${thisUpdate.toISOString()}, next ${nextUpdate.toISOString()}`,
    ],
  ];
}

/** Which of the basic four are there. Their text only when asked for: a terminal is read by more people than one. */
function fourFacts(certificate: ParsedCertificate, show: boolean): [string, string][] {
  const four = readFourInformation(certificate);
  const told = (text: string, substituted: readonly boolean[]) => {
    const length = Array.from(text).length;
    const count = substituted.filter(Boolean).length;
    return `${show ? text : `present, ${length} characters`}${count > 0 ? `, ${count} substituted` : ''}`;
  };
  return [
    ['name', told(four.name, four.nameSubstituted)],
    ['address', told(four.address, four.addressSubstituted)],
    ['birth date', four.birthDate === null ? 'not known in full' : show ? four.birthDate : 'present'],
    ['sex', show ? four.sex : four.sex === 'unknown' ? 'unknown' : 'present'],
  ];
}
