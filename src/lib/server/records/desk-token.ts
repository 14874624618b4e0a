import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { App } from '../app.ts';

/** Who was signed in at a terminal, where, and when the terminal last heard so from us. */
export interface Desk {
  readonly officerId: string;
  readonly officeId: string;
  readonly preparedAt: Date;
}

const KEY_BYTES = 32;
const PARTS = /^([0-9a-f-]{36})\.([0-9a-f-]{36})\.(\d{13})\.([\w-]{43})$/;

function codeOf(wrappingKey: Buffer, facts: string): Buffer {
  const key = Buffer.from(hkdfSync('sha256', wrappingKey, '', 'koshu counter desk', KEY_BYTES));
  return createHmac('sha256', key).update(facts).digest();
}

/**
 * `OFFICER.OFFICE.TIME.MAC` (HMAC-SHA-256, RFC 2104): a terminal keeps it and sends it with what was decided without us, so that nobody can
 * put a decision into the mouth of an officer who was not signed in there. It opens nothing.
 */
export function signDesk({ config }: Pick<App, 'config'>, { officerId, officeId, preparedAt }: Desk): string {
  const facts = `${officerId}.${officeId}.${preparedAt.getTime()}`;
  return `${facts}.${codeOf(config.wrappingKey.bytes, facts).toString('base64url')}`;
}

/** Null for what we did not sign. Former wrapping keys are still believed. */
export function readDesk({ config }: Pick<App, 'config'>, token: string): Desk | null {
  const [, officerId, officeId, time, code] = PARTS.exec(token) ?? [];
  if (officerId === undefined || officeId === undefined || code === undefined) return null;
  const facts = `${officerId}.${officeId}.${time}`;
  const said = Buffer.from(code, 'base64url');
  const isOurs = [config.wrappingKey, ...config.oldWrappingKeys].some(({ bytes }) =>
    timingSafeEqual(codeOf(bytes, facts), said),
  );
  return isOurs ? { officerId, officeId, preparedAt: new Date(Number(time)) } : null;
}
