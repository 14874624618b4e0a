import { expect } from 'vitest';
import { ocspResponder, type OcspOptions } from '#lib/server/certificates/revocation-by-ocsp.ts';
import { startOcspResponder, type OcspPlan, type OcspSigner } from '../../support/ocsp-responder.ts';
import { AT, expectRefusal, makePki, openTrust, writeTrust } from './test-pki.ts';

export const SERIAL = '0a11';
export const minutesFromNow = (minutes: number) => new Date(AT.getTime() + minutes * 60_000);

export type OcspDesk = Awaited<ReturnType<typeof openOcspDesk>>;

/** A responder of the test authorities, and somebody who asks it about a card of the authority auth-1. */
export async function openOcspDesk() {
  const pki = await makePki();
  const folders = await writeTrust(pki);
  const trust = await openTrust(folders);
  const anchorOf = (wanted: string) => trust.anchors.find(({ id }) => id === wanted)!;
  const usual: OcspPlan = { signer: pki.first, now: AT };
  const responder = await startOcspResponder(usual);
  const plan = (more: Partial<OcspPlan>) => void (responder.plan = { ...responder.plan, ...more });

  const ask = (options: OcspOptions = {}, { serial = SERIAL, anchorId = 'auth-1' } = {}) =>
    ocspResponder(responder.url, options).check(anchorOf(anchorId), { serial, distributionPoints: [] }, AT);

  return {
    pki,
    folders,
    trust,
    anchor: anchorOf('auth-1'),
    anchorOf,
    responder,
    plan,
    ask,
    /** The answers are signed by this one, who sends his certificate along. */
    answersBy: (signer: OcspSigner) => plan({ signer, certificates: [signer.certificate] }),
    async expectNobodyCanSay(reason: string, options: OcspOptions = {}): Promise<void> {
      expect(await expectRefusal(ask(options), 'revocation_unavailable')).toMatchObject({
        reason,
        anchor: 'auth-1',
      });
    },
    behaveAgain: () => void (responder.plan = usual),
    async close() {
      await responder.close();
      folders.remove();
    },
  };
}
