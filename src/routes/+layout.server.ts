import { menuOf } from '#lib/http/menu.ts';
import { isReviewed } from '#lib/http/reviewed-languages.ts';
import { RUBY_COOKIE, rubyOnPage } from '#lib/http/ruby.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import { readAnnouncement } from '#lib/server/announcements/read-announcement.ts';
import { findContact } from '#lib/server/register/get-contact.ts';
import { isTestProvider } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = async ({ locals, route, cookies }) => ({
  /** Whom a learner turns to: told beside every refusal, and at the foot of every page. */
  contact: await findContact(locals.app, locals.actor),
  announcement: await readAnnouncement(locals.app, getLocale()),
  person: locals.actor && {
    kind: locals.actor.kind,
    name: locals.actor.kind === 'learner' ? null : locals.actor.name,
  },
  menu: menuOf(locals.actor?.kind),
  /** Of the page that was asked for: officers' pages have two. */
  language: getLocale(),
  isReviewed: isReviewed(getLocale()),
  ruby: rubyOnPage({ routeId: route.id, language: getLocale(), wish: cookies.get(RUBY_COOKIE) }),
  /** Readings are written by the server: a page that is gone to has them when it is loaded whole. */
  isLoadedWhole: getLocale() === 'ja' && cookies.get(RUBY_COOKIE) === 'on',
  isTest: locals.app.trust.hasTestAnchors || isTestProvider(locals.app),
});
