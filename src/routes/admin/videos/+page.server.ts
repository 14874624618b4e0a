import { z } from 'zod';
import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { cancelVideo } from '#lib/server/videos/cancel-video.ts';
import { discardUpload, UploadId } from '#lib/server/videos/discard-upload.ts';
import { VideoId } from '#lib/server/videos/get-video.ts';
import { listUploads } from '#lib/server/videos/list-uploads.ts';
import { listVideos } from '#lib/server/videos/list-videos.ts';
import { retryVideo } from '#lib/server/videos/retry-video.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const [videos, unfinished] = await Promise.all([
    listVideos(app, administrator),
    listUploads(app, administrator),
  ]);
  return { videos, unfinished };
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
  discard: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const { uploadId } = await parseForm(event.request, z.object({ uploadId: UploadId }));
      await discardUpload(event.locals.app, administrator, uploadId);
      return { discarded: uploadId };
    }),
};
