import { redirect } from '@sveltejs/kit';
import { parseForm } from '#lib/http/forms.ts';
import { clearSession } from '#lib/http/session-cookie.ts';
import { signOut, SignOut } from '#lib/server/sign-in/sign-out.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const WAYS = ['challenge', 'tls', 'oidc', 'passkey'] as const;

export const csr = false;

export const load: PageServerLoad = ({ url, locals }) => {
  if (locals.actor) redirect(303, '/');
  return {
    way: WAYS.find((way) => way === url.searchParams.get('way')) ?? null,
    isNotMe: url.searchParams.has('not-me'),
  };
};

export const actions: Actions = {
  default: async (event) => {
    const { app, actor, requestId } = event.locals;
    // A form that cannot be read keeps nobody signed in.
    const form = await parseForm(event.request, SignOut).catch(() => ({ reason: undefined }));
    const way = actor && (await signOut(app, actor, { ...form, requestId }));
    clearSession(event);
    redirect(303, `/sign-out${way ? `?way=${way}${form.reason ? '&not-me' : ''}` : ''}`);
  },
};
