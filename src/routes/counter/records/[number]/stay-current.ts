import { enhance } from '$app/forms';
import { invalidateAll } from '$app/navigation';

/** The addresses of the records that were acted on in this window: their officer knows why they are used. */
export const actedOn = new Set<string>();

/**
 * For the forms of the counter: after a refusal the record is fetched again, so that the officer sees what somebody else has done
 * meanwhile; what was typed stays. After an act the form is empty again, wherever it is still there: what is typed next is another act.
 */
export function stayCurrent(form: HTMLFormElement) {
  return enhance(form, () => async ({ result, update }) => {
    if (result.type === 'redirect') actedOn.add(result.location);
    await update();
    if (result.type === 'redirect') form.reset(); // SvelteKit does so after a success only
    if (result.type === 'failure') await invalidateAll();
  });
}
