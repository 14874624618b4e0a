import type { RequestHandler } from './$types';
import { requireActor } from '#lib/http/guards.ts';
import { orErrorPage } from '#lib/http/refusals.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { openStill, OpenStill } from '#lib/server/videos/open-still.ts';

/** A picture out of a video, for its administrators. It never changes. */
export const GET: RequestHandler = (event) =>
  orErrorPage(async () => {
    const administrator = requireActor(event, 'administrator');
    const input = OpenStill.safeParse({ videoId: event.params.video, still: event.params.still });
    if (!input.success) throw new Refusal('not_found');
    const picture = await openStill(event.locals.app, administrator, input.data);
    return new Response(new Uint8Array(picture), {
      headers: { 'content-type': 'image/jpeg', 'cache-control': 'private, max-age=86400, immutable' },
    });
  });
