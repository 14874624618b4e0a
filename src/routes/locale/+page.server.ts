import { redirect } from '@sveltejs/kit';
import { isLanguageCode } from '#lib/domain/lectures/languages.ts';
import { safeNext } from '#lib/http/forms.ts';
import { LANGUAGE_COOKIE } from '#lib/http/page-language.ts';
import { RUBY_COOKIE } from '#lib/http/ruby.ts';
import type { Actions, PageServerLoad } from './$types.ts';

const ONE_YEAR_SECONDS = 365 * 24 * 3600;

export const load: PageServerLoad = () => redirect(303, '/');

export const actions: Actions = {
  default: async ({ request, cookies, locals }) => {
    const form = await request.formData();
    const language = String(form.get('locale'));
    const ruby = String(form.get('ruby'));
    const secure = locals.app.config.origin.startsWith('https:');
    const kept = { path: '/', maxAge: ONE_YEAR_SECONDS, secure };
    if (isLanguageCode(language)) cookies.set(LANGUAGE_COOKIE, language, kept);
    if (ruby === 'on' || ruby === 'off') cookies.set(RUBY_COOKIE, ruby, kept);
    redirect(303, safeNext(String(form.get('next') ?? ''), '/'));
  },
};
