import {
  authenticate,
  type Actor,
  type Administrator,
  type CounterOfficer,
  type Learner,
} from '#lib/domain/people/actor.ts';
import { hashOfToken, openLucia, type SessionScope } from './lucia.ts';
import type { SessionRow } from './session.queries.ts';

// The ids that Lucia makes: 200 random bits in base32. Anything else is not worth asking the database.
const TOKEN = /^[a-z2-7]{40}$/;

/**
 * Who holds this session token, or null: unknown, expired, of an officer who was disabled, or of a card that was replaced. The only place
 * where an Actor is made.
 */
export async function findActor(scope: SessionScope, token: string): Promise<Actor | null> {
  if (!TOKEN.test(token)) return null;
  const { user } = await openLucia(scope).validateSession(token);
  return user && toActor(user, hashOfToken(token));
}

function toActor(row: SessionRow, sessionIdSha256: string): Actor | null {
  return row.personKind === 'learner' ? toLearner(row, sessionIdSha256) : toOfficer(row, sessionIdSha256);
}

function toLearner(row: SessionRow, sessionIdSha256: string): Learner | null {
  const { personId: driverId, credentialId, credentialDriverId, credentialReplacedAt } = row;
  if (credentialId === null || credentialReplacedAt !== null || credentialDriverId !== driverId) return null;
  return authenticate<Learner>({ kind: 'learner', driverId, credentialId, sessionIdSha256 });
}

function toOfficer(row: SessionRow, sessionIdSha256: string): CounterOfficer | Administrator | null {
  const { personId: officerId, officerName: name, commissionCode, officeId } = row;
  if (row.officerDisabledAt !== null || name === null || commissionCode === null) return null;
  const officer = { officerId, name, commissionCode, sessionIdSha256 };
  if (row.officerRole === 'administrator')
    return authenticate<Administrator>({ kind: 'administrator', ...officer });
  if (officeId === null) return null;
  return authenticate<CounterOfficer>({ kind: 'counterOfficer', ...officer, officeId });
}
