import { LIMITS } from '#lib/domain/limits.ts';
import {
  authenticate,
  type Actor,
  type Administrator,
  type CounterOfficer,
  type Learner,
} from '#lib/domain/people/actor.ts';
import { hashOfToken, openLucia, type SessionScope } from './lucia.ts';
import { markSessionSeen, type SessionRow } from './session.queries.ts';

// The ids that Lucia makes: 200 random bits in base32. Anything else is not worth asking the database.
const TOKEN = /^[a-z2-7]{40}$/;

/**
 * Who holds this session token, or null: unknown, over (domain/people/session-limits.ts), of an officer who was disabled, or of a card that
 * was replaced or revoked. The only place where an Actor is made. The person counts as being there, unless the request is one that a page
 * makes by itself.
 */
export async function findActor(
  scope: SessionScope,
  token: string,
  { isByItself = false }: { isByItself?: boolean } = {},
): Promise<Actor | null> {
  if (!TOKEN.test(token)) return null;
  const { user } = await openLucia(scope).validateSession(token);
  if (!user) return null;
  const idSha256 = hashOfToken(token);
  if (!isByItself) await noteSeen(scope, idSha256, user);
  return toActor(user, idSha256);
}

async function noteSeen({ db, clock }: SessionScope, idSha256: string, { lastSeenAt }: SessionRow) {
  const now = clock.now();
  if (now.getTime() - lastSeenAt.getTime() < LIMITS.lastSeenIntervalMs) return;
  await markSessionSeen(db, idSha256, now);
}

function toActor(row: SessionRow, sessionIdSha256: string): Actor | null {
  return row.personKind === 'learner' ? toLearner(row, sessionIdSha256) : toOfficer(row, sessionIdSha256);
}

function toLearner(row: SessionRow, sessionIdSha256: string): Learner | null {
  const { personId: driverId, credentialId, credentialDriverId } = row;
  if (credentialId === null || credentialDriverId !== driverId) return null;
  if (row.credentialReplacedAt !== null || row.credentialRevokedAt !== null) return null;
  return authenticate<Learner>({ kind: 'learner', driverId, credentialId, sessionIdSha256 });
}

function toOfficer(row: SessionRow, sessionIdSha256: string): CounterOfficer | Administrator | null {
  const { personId: officerId, officerName: name, commissionCode, officeId } = row;
  const isSupervisor = row.officerIsSupervisor === true;
  if (row.officerDisabledAt !== null || name === null || commissionCode === null) return null;
  const officer = { officerId, name, commissionCode, sessionIdSha256 };
  if (row.officerRole === 'administrator')
    return authenticate<Administrator>({ kind: 'administrator', ...officer });
  if (officeId === null) return null;
  return authenticate<CounterOfficer>({ kind: 'counterOfficer', ...officer, officeId, isSupervisor });
}
