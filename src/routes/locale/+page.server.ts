import { redirect } from '@sveltejs/kit';
import { isLanguageCode } from '#lib/domain/lectures/languages.ts';
import { safeNext } from '#lib/http/forms.ts';
import { LANGUAGE_COOKIE } from '#lib/http/page-language.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const ONE_YEAR_SECONDS = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, cookies, locals }) => {
    const form = await request.formData();
    const language = String(form.get('locale'));
    if (isLanguageCode(language)) {
      const secure = locals.app.config.origin.startsWith('https:');
      cookies.set(LANGUAGE_COOKIE, language, { path: '/', maxAge: ONE_YEAR_SECONDS, secure });
    }
    redirect(303, safeNext(String(form.get('next') ?? ''), '/'));
  },
};
