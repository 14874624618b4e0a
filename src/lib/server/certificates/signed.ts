import { bitString, DerReader, TAG } from './der.ts';

/**
 * What is signed, by which algorithm, and the signature: the frame that certificates and revocation lists share (RFC 5280 §4.1, §5.1). `tbs` is read with
 * `reader`. Refuses (certificate_malformed) what is not DER to the last byte.
 */
export function readSigned(der: Buffer) {
  const outer = new DerReader(der);
  const reader = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const tbs = reader.next(TAG.sequence);
  const algorithm = reader.whole(reader.next(TAG.sequence));
  const signature = bitString(reader.content(reader.next(TAG.bitString)));
  reader.finish();
  return { reader, tbs, algorithm, signature };
}
