import { enhance } from '$app/forms';
import { invalidateAll } from '$app/navigation';
import type { RefusalView } from '#lib/http/refusals.ts';

/** The addresses of the records that were acted on in this window: their officer knows why they are used. */
export const actedOn = new Set<string>();

/**
 * For the forms of the counter: after a refusal the record is fetched again, so that the officer sees what somebody else has done
 * meanwhile; what was typed stays, and the field that lacks words is marked. After an act the form is empty again, wherever it is still
 * there: what is typed next is another act, and whoever works by keys goes on at it.
 */
export function stayCurrent(form: HTMLFormElement) {
  return enhance(form, () => async ({ result, update }) => {
    if (result.type === 'redirect') actedOn.add(result.location);
    await update();
    if (result.type === 'redirect') {
      form.reset(); // SvelteKit does so after a success only
      document.getElementById('next')?.focus();
    }
    if (result.type !== 'failure') return;
    await invalidateAll();
    const refusal = result.data?.refusal as RefusalView | undefined;
    if (refusal?.code === 'reason_required') markUnsaid(form);
  });
}

/** Until something is written there. */
function markUnsaid(form: HTMLFormElement): void {
  const field = form.querySelector('textarea');
  if (!field) return;
  field.ariaInvalid = 'true';
  field.addEventListener('input', () => (field.ariaInvalid = null), { once: true });
  field.focus();
}
