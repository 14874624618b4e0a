import { z } from 'zod';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { cancelVideo } from '#lib/server/lectures/cancel-video.ts';
import { VideoId } from '#lib/server/lectures/get-video.ts';
import { listVideos } from '#lib/server/lectures/list-videos.ts';
import { retryVideo } from '#lib/server/lectures/retry-video.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return { videos: await listVideos(event.locals.app, administrator) };
};

export const actions: Actions = {
  cancel: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const { videoId } = await parseForm(event.request, z.object({ videoId: VideoId }));
      await cancelVideo(event.locals.app, administrator, videoId);
      return { cancelled: videoId };
    }),
  retry: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const { videoId } = await parseForm(event.request, z.object({ videoId: VideoId }));
      await retryVideo(event.locals.app, administrator, videoId);
      return { retried: videoId };
    }),
};
