import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hashOfKey } from '#lib/server/certificates/ocsp-cert-id.ts';
import { ocspResponder } from '#lib/server/certificates/revocation-by-ocsp.ts';
import { Extension, KeyUsageFlags } from '../../../scripts/test-ca/issue.ts';
import { appointResponder, startOcspResponder, type OcspSigner } from '../../support/ocsp-responder.ts';
import { minutesFromNow, openOcspDesk, SERIAL, type OcspDesk } from './ocsp-desk.ts';
import { AT, expectRefusal } from './test-pki.ts';

let desk: OcspDesk;
let appointed: OcspSigner;

beforeAll(async () => {
  desk = await openOcspDesk();
  appointed = await appointResponder(desk.pki.first, { keys: desk.pki.otherKeys });
});
afterAll(() => desk.close());
beforeEach(() => desk.behaveAgain());

describe('nobody gets in on an answer', () => {
  it('that does not know the card', async () => {
    desk.plan({ status: 'unknown' });
    await desk.expectNobodyCanSay('ocsp_status_unknown');
  });

  it('about another card', async () => {
    desk.plan({ serial: '0a12' });
    await desk.expectNobodyCanSay('ocsp_other_certificate');
  });

  it('about the same number at another authority of the same name', async () => {
    const other = desk.anchorOf('auth-2');
    desk.plan({ issuerKeyHash: hashOfKey('sha1', other.publicKey) });
    await desk.expectNobodyCanSay('ocsp_other_certificate');
  });

  it('with the nonce of another question, a longer one, or none', async () => {
    desk.plan({ nonce: Buffer.alloc(32, 7) });
    await desk.expectNobodyCanSay('ocsp_nonce_wrong');
    await desk.expectNobodyCanSay('ocsp_nonce_wrong', { requireNonce: false });
    desk.plan({ nonce: 'none' });
    await desk.expectNobodyCanSay('ocsp_nonce_missing');
  });

  it('signed by a stranger, under the name of the authority or with a certificate that it sends along', async () => {
    desk.plan({ signer: desk.pki.rogue, namedBy: 'name' });
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
    desk.plan({ signer: desk.pki.rogue, namedBy: 'key', certificates: [desk.pki.rogue.certificate] });
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
  });

  it('signed by a responder that an authority of the same name appointed', async () => {
    desk.answersBy(await appointResponder(desk.pki.rogue, { keys: desk.pki.otherKeys }));
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
    desk.answersBy(await appointResponder(desk.pki.second, { keys: desk.pki.otherKeys }));
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
  });

  it('signed by the holder of a card, whose certificate the authority issued for something else', async () => {
    desk.answersBy(await appointResponder(desk.pki.first, { keys: desk.pki.otherKeys, isForOcsp: false }));
    await desk.expectNobodyCanSay('ocsp_responder_not_appointed');
  });

  it.each([
    ['may not sign', { usage: KeyUsageFlags.keyEncipherment }, 'responder_not_appointed'],
    ['has expired', { notAfter: new Date('2026-11-21T00:00:00Z') }, 'responder_not_in_force'],
    ['is not yet in force', { notBefore: new Date('2026-11-23T00:00:00Z') }, 'responder_not_in_force'],
    ['may itself be revoked, and nobody says', { hasNoCheck: false }, 'responder_may_be_revoked'],
    [
      'has a critical extension that is unknown',
      { more: [new Extension('1.3.6.1.4.1.5.5', true, new Uint8Array([5, 0]))] },
      'responder_unsupported',
    ],
  ])('signed by a responder that %s', async (_, options, reason) => {
    desk.answersBy(await appointResponder(desk.pki.first, { keys: desk.pki.otherKeys, ...options }));
    await desk.expectNobodyCanSay(`ocsp_${reason}`);
  });

  it('signed with a key that is weak', async () => {
    desk.answersBy(await appointResponder(desk.pki.first, { keys: desk.pki.weakKeys }));
    await desk.expectNobodyCanSay('ocsp_unreadable');
  });

  it('signed by an appointed responder that does not send its certificate', async () => {
    desk.plan({ signer: appointed });
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
  });

  it('that was changed on the way from unknown to good', async () => {
    desk.plan({
      status: 'unknown',
      spoil: (der) => Buffer.from(der.toString('hex').replace('8200180f', '8000180f'), 'hex'),
    });
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
  });

  it('that nobody signed', async () => {
    desk.plan({ isUnsigned: true });
    await desk.expectNobodyCanSay('ocsp_responder_untrusted');
  });

  it('that is over, or of the future', async () => {
    desk.plan({ nextUpdate: minutesFromNow(-3), thisUpdate: minutesFromNow(-20) });
    await desk.expectNobodyCanSay('ocsp_stale');
    desk.plan({ nextUpdate: minutesFromNow(-1), thisUpdate: AT });
    await desk.expectNobodyCanSay('ocsp_stale');
    desk.plan({
      nextUpdate: minutesFromNow(60),
      thisUpdate: minutesFromNow(-20),
      producedAt: minutesFromNow(-20),
    });
    await desk.expectNobodyCanSay('ocsp_stale');
    desk.plan({ thisUpdate: minutesFromNow(3), producedAt: AT, nextUpdate: minutesFromNow(20) });
    await desk.expectNobodyCanSay('ocsp_from_the_future');
    desk.plan({ thisUpdate: AT, producedAt: minutesFromNow(3), nextUpdate: minutesFromNow(20) });
    await desk.expectNobodyCanSay('ocsp_from_the_future');
  });

  it('that comes twice, or with a critical extension that is unknown', async () => {
    desk.plan({ isTwice: true });
    await desk.expectNobodyCanSay('ocsp_unreadable');
    desk.plan({ isTwice: false, isCritical: true });
    await desk.expectNobodyCanSay('ocsp_unreadable');
  });

  it.each([
    [1, 'malformed_request'],
    [2, 'internal_error'],
    [3, 'try_later'],
    [4, 'status_unknown'],
    [5, 'signature_required'],
    [6, 'unauthorized'],
  ])('that declines with status %i', async (responseStatus, name) => {
    desk.plan({ responseStatus });
    await desk.expectNobodyCanSay(`ocsp_${name}`);
  });
});

describe('nobody gets in on bytes', () => {
  it.each<[string, (der: Buffer) => Buffer, string]>([
    ['that are none', () => Buffer.alloc(0), 'ocsp_unreadable'],
    ['that are garbage', () => Buffer.from('nobody is revoked here'), 'ocsp_unreadable'],
    ['that are a megabyte of zeros', () => Buffer.alloc(1024 * 1024), 'ocsp_too_long'],
    ['that are zeros', () => Buffer.alloc(1024), 'ocsp_unreadable'],
    ['that say successful and no more', () => Buffer.from('30030a0100', 'hex'), 'ocsp_unreadable'],
    ['with more behind them', (der) => Buffer.concat([der, Buffer.of(0)]), 'ocsp_unreadable'],
  ])('%s', async (_, spoil, reason) => {
    desk.plan({ spoil });
    await desk.expectNobodyCanSay(reason);
  });

  it('that are cut off anywhere, or changed anywhere', async () => {
    desk.answersBy(appointed);
    const source = ocspResponder(desk.responder.url);
    const certificate = { serial: SERIAL, distributionPoints: [] };
    for (let index = 0; index < 60; index++) {
      desk.plan({ spoil: (der) => der.subarray(0, Math.floor((der.length * index) / 60)) });
      await expectRefusal(source.check(desk.anchor, certificate, AT), 'revocation_unavailable');
      desk.plan({ spoil: (der) => flipped(der, Math.floor((der.length * index) / 60)) });
      await expectRefusal(source.check(desk.anchor, certificate, AT), 'revocation_unavailable');
    }
  });
});

describe('nobody gets in when the responder', () => {
  it('answers with another status of HTTP', async () => {
    desk.plan({ httpStatus: 500 });
    await desk.expectNobodyCanSay('ocsp_http_status');
  });

  it('sends us elsewhere', async () => {
    desk.plan({ httpStatus: 302, location: desk.responder.url });
    await desk.expectNobodyCanSay('ocsp_unreachable');
    desk.plan({ httpStatus: 307, location: desk.responder.url });
    await desk.expectNobodyCanSay('ocsp_unreachable');
  });

  it('says that its answer is something else', async () => {
    desk.plan({ contentType: 'text/html' });
    await desk.expectNobodyCanSay('ocsp_content_type');
  });

  it('never answers', async () => {
    desk.plan({ isSilent: true });
    await desk.expectNobodyCanSay('ocsp_too_slow', { timeoutMs: 50 });
  });

  it('is not there', async () => {
    const gone = await startOcspResponder(desk.responder.plan);
    await gone.close();
    const asked = ocspResponder(gone.url).check(desk.anchor, { serial: SERIAL, distributionPoints: [] }, AT);
    expect(await expectRefusal(asked, 'revocation_unavailable')).toMatchObject({
      reason: 'ocsp_unreachable',
    });
  });
});

function flipped(der: Buffer, index: number): Buffer {
  const changed = Buffer.from(der);
  changed[index]! ^= 0x01;
  return changed;
}
