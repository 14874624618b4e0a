import type { CredentialIdentity } from '../sign-in/proof.ts';
import type { FirstLinkRow } from './first-link.queries.ts';

/** The credential that a first link is about; the checks of the table stand behind it. */
export function identityOfLink({
  kind,
  anchorId,
  serial,
  spkiSha256,
  issuer,
  subject,
}: Pick<
  FirstLinkRow,
  'kind' | 'anchorId' | 'serial' | 'spkiSha256' | 'issuer' | 'subject'
>): CredentialIdentity {
  if (kind === 'oidc' && issuer !== null && subject !== null) return { kind, issuer, subject };
  if (kind === 'certificate' && anchorId !== null && serial !== null && spkiSha256 !== null)
    return { kind, anchorId, serial, spkiSha256 };
  throw new Error('a first link without a credential');
}
