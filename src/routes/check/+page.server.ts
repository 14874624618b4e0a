import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { isSmallBody } from '#lib/http/forms.ts';
import { checkEligibility } from '#lib/server/register/check-eligibility.ts';
import type { Actions } from './$types.ts';
import { readCheckForm } from './read-check-form.ts';

export const actions = {
  // The answer to a POST, without a redirect: a birth date must not stand in an address, which histories and logs keep.
  default: async ({ request, locals, setHeaders }) => {
    setHeaders({ 'cache-control': 'no-store' });
    const { app } = locals;
    const form = isSmallBody(request) ? await request.formData().catch(() => null) : null;
    const { written, declared, faults } = readCheckForm(form ?? new FormData(), tokyoDate(app.clock.now()));
    return { written, faults, answer: declared && checkEligibility(app, declared) };
  },
} satisfies Actions;
