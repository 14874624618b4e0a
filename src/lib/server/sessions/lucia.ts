import { createHash } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { LIMITS } from '#lib/domain/limits.ts';
import type { App } from '../app.ts';
import {
  deleteSession,
  deleteSessionsExpiredBefore,
  deleteSessionsOf,
  findSession,
  insertSession,
  listSessions,
  type SessionRow,
} from './session.queries.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, SessionRow>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: SessionRow;
  }
}

interface SessionAttributes {
  readonly credentialId: string | null;
  readonly userAgent: string;
}

export type PersonKind = 'learner' | 'officer';

/** What sessions need of the application; a transaction may stand in for the database. */
export type SessionScope = Pick<App, 'db' | 'clock'>;

const USER_AGENT_MAX_LENGTH = 200;

/** Whoever reads the table gets no session out of it: the id itself is only in the browser. */
export function hashOfToken(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

export function userIdOf(personKind: PersonKind, personId: string): string {
  return `${personKind}:${personId}`;
}

function personOf(userId: string): [personKind: string, personId: string] {
  const [personKind = '', personId = ''] = userId.split(':');
  return [personKind, personId];
}

export function openLucia(scope: SessionScope): Lucia<Record<never, never>, SessionRow> {
  return new Lucia(sessionAdapter(scope), {
    sessionExpiresIn: new TimeSpan(LIMITS.sessionTtlMs, 'ms'),
    getUserAttributes: (row) => row,
  });
}

/** Lucia reads the wall clock; this turns an instant of the application's clock into one equally far away on it. */
function onWallClock({ clock }: SessionScope, expiresAt: Date): Date {
  return new Date(Date.now() + expiresAt.getTime() - clock.now().getTime());
}

/**
 * Keeps Lucia's sessions in the table `session`, by the SHA-256 of their ids. A session ends LIMITS.sessionTtlMs after it began; use
 * does not prolong it, so that a forgotten browser at a library is shut by the evening.
 */
function sessionAdapter(scope: SessionScope): Adapter {
  const { db, clock } = scope;
  return {
    async getSessionAndUser(token) {
      const row = await findSession(db, hashOfToken(token));
      if (!row) return [null, null];
      const userId = userIdOf(row.personKind as PersonKind, row.personId);
      const session: DatabaseSession = {
        id: token,
        userId,
        expiresAt: onWallClock(scope, row.expiresAt),
        attributes: { credentialId: row.credentialId, userAgent: '' },
      };
      return [session, { id: userId, attributes: row }];
    },
    async getUserSessions(userId) {
      const rows = await listSessions(db, ...personOf(userId));
      return rows.map(({ idSha256, expiresAt }) => ({
        id: idSha256,
        userId,
        expiresAt: onWallClock(scope, expiresAt),
        attributes: { credentialId: null, userAgent: '' },
      }));
    },
    async setSession({ id, userId, attributes }) {
      const [personKind, personId] = personOf(userId);
      const now = clock.now();
      await insertSession(db, {
        idSha256: hashOfToken(id),
        personKind,
        personId,
        credentialId: attributes.credentialId,
        userAgent: attributes.userAgent.slice(0, USER_AGENT_MAX_LENGTH),
        createdAt: now,
        expiresAt: new Date(now.getTime() + LIMITS.sessionTtlMs),
      });
    },
    updateSessionExpiration: () => Promise.resolve(),
    deleteSession: (token) => deleteSession(db, hashOfToken(token)),
    deleteUserSessions: (userId) => deleteSessionsOf(db, ...personOf(userId)),
    deleteExpiredSessions: () => deleteSessionsExpiredBefore(db, clock.now()),
  };
}
