import type { CounterOfficer } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listWaitingLinks } from './review.queries.ts';

/** The first links that wait for an officer of this commission, the oldest first. At most a hundred: who comes has his number. */
export function listLinksToDecide({ db, clock }: App, { commissionCode }: CounterOfficer) {
  return listWaitingLinks(db, { commissionCode, now: clock.now(), limit: 100 });
}
