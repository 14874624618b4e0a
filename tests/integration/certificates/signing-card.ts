import { KeyObject } from 'node:crypto';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { KeyUsageFlags } from '../../../scripts/test-ca/issue.ts';
import { otherNamesExtension, otherNamesOf, type OtherName } from '../../../scripts/test-ca/other-names.ts';
import { SIGN_POLICY, type CardOptions, type Pki } from './test-pki.ts';

export const FOUR: FourInformation = {
  name: '森　鷗外',
  nameSubstituted: [false, false, true, false],
  address: '神奈川県横浜市中区海岸通２丁目４番地',
  addressSubstituted: Array.from('神奈川県横浜市中区海岸通２丁目４番地', () => false),
  birthDate: '1980-02-17',
  sex: 'male',
};

/** A signing certificate with these fields in its subject's alternative name. */
export function signingCard(
  pki: Pki,
  fields: readonly OtherName[] = otherNamesOf(FOUR),
  options: CardOptions = {},
): Promise<Buffer> {
  return pki.card({
    authority: pki.sign,
    policy: SIGN_POLICY,
    usage: KeyUsageFlags.digitalSignature | KeyUsageFlags.nonRepudiation,
    serial: '51a1',
    ...options,
    more: [...(fields.length > 0 ? [otherNamesExtension(fields)] : []), ...(options.more ?? [])],
  });
}

export const nodeKey = ({ privateKey }: CryptoKeyPair): KeyObject => KeyObject.from(privateKey);
