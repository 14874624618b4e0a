import { hash } from 'node:crypto';
import { Lucia, TimeSpan, type Adapter, type DatabaseSession } from 'lucia';
import { LIMITS } from '#lib/domain/limits.ts';
import { endOfSession, hardEndOfSession, type PersonKind } from '#lib/domain/people/session-limits.ts';
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
import type { SessionMethod } from './session-method.ts';

declare module 'lucia' {
  interface Register {
    Lucia: Lucia<Record<never, never>, SessionRow>;
    DatabaseSessionAttributes: SessionAttributes;
    DatabaseUserAttributes: SessionRow;
  }
}

interface SessionAttributes {
  readonly method: SessionMethod;
  readonly credentialId: string | null;
  readonly userAgent: string;
}

/** What sessions need of the application; a transaction may stand in for the database. */
export type SessionScope = Pick<App, 'db' | 'clock'>;

const USER_AGENT_MAX_LENGTH = 200;

/** Whoever reads the table gets no session out of it: the id itself is only in the browser. */
export function hashOfToken(token: string): string {
  return hash('sha256', token);
}

export function userIdOf(personKind: PersonKind, personId: string): string {
  return `${personKind}:${personId}`;
}

function personOf(userId: string): [personKind: PersonKind, personId: string] {
  const [personKind = '', personId = ''] = userId.split(':');
  return [personKind === 'officer' ? 'officer' : 'learner', personId];
}

/** The rule's instants of a row. */
export function endOf(row: Pick<SessionRow, 'personKind' | 'createdAt' | 'lastSeenAt' | 'lastBeatAt'>): Date {
  return new Date(
    endOfSession({
      personKind: row.personKind,
      createdAt: row.createdAt.getTime(),
      lastSeenAt: row.lastSeenAt.getTime(),
      lastBeatAt: row.lastBeatAt?.getTime() ?? null,
    }),
  );
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
 * Keeps Lucia's sessions in the table `session`, by the SHA-256 of their ids. When a session ends is a rule of domain/people/session-limits.ts;
 * its row is kept until nothing could prolong it any more.
 */
function sessionAdapter(scope: SessionScope): Adapter {
  const { db, clock } = scope;
  return {
    async getSessionAndUser(token) {
      const row = await findSession(db, hashOfToken(token));
      if (!row) return [null, null];
      const userId = userIdOf(row.personKind, row.personId);
      const session: DatabaseSession = {
        id: token,
        userId,
        expiresAt: onWallClock(scope, endOf(row)),
        attributes: { method: row.method, credentialId: row.credentialId, userAgent: '' },
      };
      return [session, { id: userId, attributes: row }];
    },
    async getUserSessions(userId) {
      const [personKind, personId] = personOf(userId);
      const rows = await listSessions(db, personKind, personId);
      return rows.map(({ idSha256: id, method, userAgent, ...times }) => ({
        id,
        userId,
        expiresAt: onWallClock(scope, endOf({ personKind, ...times })),
        attributes: { method, credentialId: null, userAgent },
      }));
    },
    async setSession({ id, userId, attributes }) {
      const [personKind, personId] = personOf(userId);
      const now = clock.now();
      await insertSession(db, {
        idSha256: hashOfToken(id),
        personKind,
        personId,
        method: attributes.method,
        credentialId: attributes.credentialId,
        userAgent: attributes.userAgent.slice(0, USER_AGENT_MAX_LENGTH),
        createdAt: now,
        lastSeenAt: now,
        expiresAt: new Date(hardEndOfSession({ personKind, createdAt: now.getTime() })),
      });
    },
    updateSessionExpiration: () => Promise.resolve(),
    deleteSession: (token) => deleteSession(db, hashOfToken(token)),
    deleteUserSessions: (userId) => deleteSessionsOf(db, ...personOf(userId)),
    deleteExpiredSessions: () => deleteSessionsExpiredBefore(db, clock.now()),
  };
}
