import { browserFamily, type Browser, type Device } from '#lib/domain/people/browser-family.ts';
import type { Actor } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { endOf } from './lucia.ts';
import { personOfActor } from './person-of-actor.ts';
import { listSessions } from './session.queries.ts';
import type { SessionMethod } from './session-method.ts';

export interface OwnSession {
  /** SHA-256 of the session's id: names it without giving it away. */
  readonly idSha256: string;
  readonly isThisOne: boolean;
  readonly method: SessionMethod;
  readonly browser: Browser;
  readonly device: Device;
  readonly createdAt: Date;
  /** To the minute; heartbeats of a lecture count. */
  readonly lastThereAt: Date;
}

/** Where the person is signed in, this device first, then by last use. */
export async function listOwnSessions(app: App, actor: Actor): Promise<OwnSession[]> {
  const { personKind, personId } = personOfActor(actor);
  const now = app.clock.now();
  const sessions = (await listSessions(app.db, personKind, personId))
    .filter((session) => endOf({ personKind, ...session }) > now)
    .map(({ userAgent, lastSeenAt, lastBeatAt, ...session }) => ({
      ...session,
      ...browserFamily(userAgent),
      isThisOne: session.idSha256 === actor.sessionIdSha256,
      lastThereAt: lastBeatAt !== null && lastBeatAt > lastSeenAt ? lastBeatAt : lastSeenAt,
    }));
  return [
    ...sessions.filter(({ isThisOne }) => isThisOne),
    ...sessions.filter(({ isThisOne }) => !isThisOne),
  ];
}
