import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { signDesk } from './desk-token.ts';

/** What a terminal keeps for the time without us: which officer is signed in at which office, and our word for it. No name. */
export interface PreparedDesk {
  readonly officerId: string;
  readonly token: string;
  /** RFC 3339. */
  readonly preparedAt: string;
}

export function prepareDesk(app: App, { officerId, officeId }: CounterOfficer): PreparedDesk {
  const preparedAt = app.clock.now();
  return {
    officerId,
    token: signDesk(app, { officerId, officeId, preparedAt }),
    preparedAt: preparedAt.toISOString(),
  };
}
