import { redirect, type RequestEvent } from '@sveltejs/kit';
import type { Actor, ActorKind } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { refuseWithPage } from './refusals.ts';
import { clearSession, keepRefusal, sessionToken } from './session-cookie.ts';

const SIGN_IN_PAGE: Record<ActorKind, string> = {
  learner: '/sign-in',
  counterOfficer: '/officer/sign-in',
  administrator: '/officer/sign-in',
};

type GuardedEvent = Pick<RequestEvent, 'locals' | 'url' | 'cookies'>;

/** To the sign-in page and back here; whoever was signed in before is told that it is over. */
function toSignIn(event: GuardedEvent, kind: ActorKind): never {
  if (sessionToken(event) !== undefined) {
    clearSession(event);
    keepRefusal(event, new Refusal('session_over'));
  }
  redirect(303, `${SIGN_IN_PAGE[kind]}?next=${encodeURIComponent(event.url.pathname)}`);
}

/** The signed-in person of the wanted kind; else to the sign-in page and back here, or 403 for another kind of person. */
export function requireActor<K extends ActorKind>(event: GuardedEvent, kind: K): Extract<Actor, { kind: K }> {
  const { actor } = event.locals;
  if (!actor) toSignIn(event, kind);
  if (actor.kind !== kind) refuseWithPage(new Refusal('not_allowed'));
  return actor as Extract<Actor, { kind: K }>;
}

/** Whoever is signed in; else to the learners' sign-in page and back here. */
export function requirePerson(event: GuardedEvent): Actor {
  const { actor } = event.locals;
  if (!actor) toSignIn(event, 'learner');
  return actor;
}

/** For endpoints that scripts call: refused (`not_signed_in`, `not_allowed`) instead of sent to a page. */
export function requireActorOfScript<K extends ActorKind>(
  locals: App.Locals,
  kind: K,
): Extract<Actor, { kind: K }> {
  const { actor } = locals;
  if (!actor) throw new Refusal('not_signed_in');
  if (actor.kind !== kind) throw new Refusal('not_allowed');
  return actor as Extract<Actor, { kind: K }>;
}
