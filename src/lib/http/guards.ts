import { error, redirect } from '@sveltejs/kit';
import type { Actor, ActorKind } from '#lib/domain/people/actor.ts';
import { refusalMessage } from './refusals.ts';

const SIGN_IN_PAGE: Record<ActorKind, string> = {
  learner: '/sign-in',
  counterOfficer: '/officer/sign-in',
  administrator: '/officer/sign-in',
};

/** The signed-in person of the wanted kind; else to the sign-in page and back here, or 403 for another kind of person. */
export function requireActor<K extends ActorKind>(
  event: { locals: App.Locals; url: URL },
  kind: K,
): Extract<Actor, { kind: K }> {
  const { actor } = event.locals;
  if (!actor) redirect(303, `${SIGN_IN_PAGE[kind]}?next=${encodeURIComponent(event.url.pathname)}`);
  if (actor.kind !== kind) error(403, { message: refusalMessage('not_allowed') });
  return actor as Extract<Actor, { kind: K }>;
}
