// The library that makes certificates reads decorators' metadata, so this has to come first.
import 'reflect-metadata';
import { KeyObject, randomInt } from 'node:crypto';
import { request as requestTls, type RequestOptions } from 'node:https';
import { BasicConstraintsExtension, ExtendedKeyUsageExtension, X509Certificate } from '@peculiar/x509';
import {
  issueCertificate,
  makeAuthority,
  makeKeys,
  P_384,
  type Authority,
} from '../../scripts/test-ca/issue.ts';

const CLIENT_AUTH = '1.3.6.1.5.5.7.3.2';
const YEAR = { notBefore: new Date('2026-06-01'), notAfter: new Date('2027-06-01') };
export const PAST = { notBefore: new Date('2025-06-01'), notAfter: new Date('2026-06-01') };

/** A certificate with its key, as a partner's system holds them. */
export interface PartnerCard {
  readonly cert: string;
  readonly key: string;
}

export async function makePartnerCard(
  authority: Authority,
  { validity = YEAR, usages = [CLIENT_AUTH] } = {},
): Promise<PartnerCard> {
  const keys = await makeKeys(P_384);
  const der = await issueCertificate(authority, {
    ...validity,
    serial: randomInt(0x10_00_00_00, 0x7f_ff_ff_ff).toString(16),
    commonName: 'KOSHU TEST partner',
    publicKey: keys.publicKey,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      ...(usages.length > 0 ? [new ExtendedKeyUsageExtension(usages)] : []),
    ],
  });
  return {
    cert: new X509Certificate(new Uint8Array(der)).toString('pem'),
    key: KeyObject.from(keys.privateKey).export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

export const makePartnerAuthority = (name = 'C=JP, O=KOSHU-TEST, OU=KOSHU TEST partners') =>
  makeAuthority(name, YEAR, P_384);

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly body: Record<string, unknown>;
}

/** One request, over a connection of its own unless there is an agent. */
export function ask(
  desk: { readonly port: number; readonly serverAuthority: string },
  card: PartnerCard | null,
  options: RequestOptions & { readonly body?: string | Uint8Array },
): Promise<Answer> {
  const { body, ...request } = options;
  return new Promise((resolve, reject) => {
    const asking = requestTls(
      {
        ...{ host: '127.0.0.1', port: desk.port, agent: false, ca: desk.serverAuthority },
        ...(card && { cert: card.cert, key: card.key }),
        ...request,
      },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.once('error', reject);
        response.once('end', () => {
          const text = Buffer.concat(parts).toString();
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: JSON.parse(text) as Answer['body'],
          });
        });
      },
    );
    asking.once('error', reject);
    asking.end(body);
  });
}
