import { isTestProvider } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = ({ locals }) => ({
  person: locals.actor && {
    kind: locals.actor.kind,
    name: locals.actor.kind === 'learner' ? null : locals.actor.name,
  },
  isTest: locals.app.trust.hasTestAnchors || isTestProvider(locals.app),
});
