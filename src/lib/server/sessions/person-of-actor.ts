import type { Actor } from '#lib/domain/people/actor.ts';
import type { PersonKind } from '#lib/domain/people/session-limits.ts';

/** Under what a person's sessions are kept. */
export function personOfActor(actor: Actor): { personKind: PersonKind; personId: string } {
  return actor.kind === 'learner'
    ? { personKind: 'learner', personId: actor.driverId }
    : { personKind: 'officer', personId: actor.officerId };
}
