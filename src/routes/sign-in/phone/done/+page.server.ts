import { viewRefusal } from '#lib/http/refusals.ts';
import { takeRefusal } from '#lib/http/session-cookie.ts';
import type { PageServerLoad } from './$types.ts';

/** Where the card step on this device ends, well or not. */
export const load: PageServerLoad = (event) => {
  const refusal = takeRefusal(event);
  return {
    refusal: refusal && viewRefusal(refusal),
    isStopped: refusal !== null || event.url.searchParams.has('stopped'),
  };
};
