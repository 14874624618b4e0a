import { requireActor } from '#lib/http/guards.ts';
import { pictureResponse } from '#lib/http/picture-response.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { openPortrait } from '#lib/server/records/open-counter-picture.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  return pictureResponse(
    await orErrorPage(() => openPortrait(event.locals.app, officer, event.params.number)),
  );
};
