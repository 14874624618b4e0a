import { redirect } from '@sveltejs/kit';
import { safeNext } from '#lib/http/forms.ts';
import { cookieName, isLocale } from '#lib/paraglide/runtime.js';
import type { Actions, PageServerLoad } from './$types.ts';

const ONE_YEAR_SECONDS = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, cookies, locals }) => {
    const form = await request.formData();
    const locale = form.get('locale');
    if (isLocale(locale)) {
      const secure = locals.app.config.origin.startsWith('https:');
      cookies.set(cookieName, locale, { path: '/', maxAge: ONE_YEAR_SECONDS, httpOnly: false, secure });
    }
    redirect(303, safeNext(String(form.get('next') ?? ''), '/'));
  },
};
