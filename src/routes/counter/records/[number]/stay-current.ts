import { enhance } from '$app/forms';
import { invalidateAll } from '$app/navigation';

/**
 * For the forms of the counter: after a refusal the record is fetched again, so that the officer sees what somebody else has done
 * meanwhile; what was typed stays.
 */
export function stayCurrent(form: HTMLFormElement) {
  return enhance(form, () => async ({ result, update }) => {
    await update({ reset: result.type !== 'failure' });
    if (result.type === 'failure') await invalidateAll();
  });
}
