import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { getPreview } from '#lib/server/lectures/get-preview.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const wanted = event.url.searchParams.get('language');
  return {
    edition: await orErrorPage(() =>
      getPreview(event.locals.app, administrator, event.params.edition, wanted),
    ),
  };
};
