import type { Anchor } from '#lib/server/certificates/anchor.ts';
import { crlFiles } from '#lib/server/certificates/revocation-by-crl.ts';
import { ocspResponder } from '#lib/server/certificates/revocation-by-ocsp.ts';
import { noRevocation, type RevocationSource } from '#lib/server/certificates/revocation.ts';
import type { CheckOptions } from './options.ts';

/** The sources that the command line names. Of two, both must find the certificate good. */
export function revocationOf(
  { crlFiles: files, ocspUrl }: Pick<CheckOptions, 'crlFiles' | 'ocspUrl'>,
  anchors: readonly Anchor[],
): RevocationSource {
  const lists = files.length > 0 ? crlFiles(files, anchors) : null;
  const responder = ocspUrl === null ? null : ocspResponder(ocspUrl);
  if (lists === null || responder === null) return lists ?? responder ?? noRevocation;
  return {
    async check(anchor, certificate, at) {
      await lists.check(anchor, certificate, at);
      return responder.check(anchor, certificate, at);
    },
    isRevoked: async (anchor, serial, at) =>
      (await lists.isRevoked(anchor, serial, at)) || responder.isRevoked(anchor, serial, at),
  };
}
