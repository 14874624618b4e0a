import { createHmac, createSecretKey, hkdfSync, timingSafeEqual } from 'node:crypto';
import { LIMITS } from '#lib/domain/limits.ts';
import type { WrappingKey } from '../media/video-secret.ts';

/** Who reports a viewing, and in which session. */
export interface Viewer {
  readonly viewingId: string;
  readonly driverId: string;
  readonly sessionIdSha256: string;
}

/**
 * 視聴の札: says for a few minutes that this viewing belongs to this learner in this session, so that a heartbeat costs no
 * look-up. It only tells who speaks. Whether the session still lives is asked where the heartbeat is settled.
 */
export interface ViewingTokens {
  sign(viewer: Viewer): string;
  /** Whose viewing it is, or null: expired, of another viewing or session, or not ours. */
  read(token: string, viewingId: string, sessionIdSha256: string): Viewer | null;
  /** Whether the next answer should bring a new one. */
  isAging(token: string): boolean;
}

const KEY_BYTES = 32;
const PARTS = /^([0-9a-z]{1,11})\.([0-9a-f-]{36})\.([\w-]{43})$/;
const RADIX = 36;

/** `EXPIRY.DRIVER.MAC`; the code covers viewing and session too, which the request names anyway (HMAC-SHA-256, RFC 2104). */
export function createViewingTokens(wrappingKey: WrappingKey, now: () => Date): ViewingTokens {
  const derived = hkdfSync('sha256', wrappingKey.bytes, '', 'koshu viewing token', KEY_BYTES);
  // A Buffer would be made into a key object at every code: eight times the cost.
  const key = createSecretKey(Buffer.from(derived));

  const codeOf = (expiry: string, { viewingId, driverId, sessionIdSha256 }: Viewer) =>
    createHmac('sha256', key)
      .update(`${expiry}.${viewingId}.${driverId}.${sessionIdSha256}`)
      .digest('base64url');

  const expiryOf = (token: string) => Number.parseInt(token.slice(0, token.indexOf('.')), RADIX);

  return {
    sign(viewer) {
      const expiry = (now().getTime() + LIMITS.viewingTokenTtlMs).toString(RADIX);
      return `${expiry}.${viewer.driverId}.${codeOf(expiry, viewer)}`;
    },
    read(token, viewingId, sessionIdSha256) {
      const [, expiry = '', driverId = '', code = ''] = PARTS.exec(token) ?? [];
      if (expiry === '' || Number.parseInt(expiry, RADIX) <= now().getTime()) return null;
      const viewer = { viewingId, driverId, sessionIdSha256 };
      return timingSafeEqual(Buffer.from(code), Buffer.from(codeOf(expiry, viewer))) ? viewer : null;
    },
    isAging: (token) => expiryOf(token) - now().getTime() < LIMITS.viewingTokenTtlMs / 2,
  };
}
