import { redirect } from '@sveltejs/kit';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { acceptPhoto, getPhotoStep, PhotoSource } from '#lib/server/attendance/accept-photo.ts';
import { loadStep } from '../chapter-page.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { learner, lecture, chapter, leftMs } = await loadStep(event, 'photo');
  const photo = await getPhotoStep(event.locals.app, learner);
  return { chapter, chapterCount: lecture.chapters.length, leftMs, photo };
};

// The multipart frame around the photo.
const FRAME_BYTES = 16 * 1024;

/** The photo of a form, refused by its announced length before any of it is read. */
async function readPhoto(request: Request) {
  const announced = Number(request.headers.get('content-length') ?? Number.NaN);
  if (!(announced <= LIMITS.photoMaxBytes + FRAME_BYTES)) throw new Refusal('photo_too_large');
  const form = await request.formData().catch(() => new FormData());
  const photo = form.get('photo');
  const source = PhotoSource.catch('upload').parse(form.get('source'));
  if (!(photo instanceof File) || photo.size === 0) throw new Refusal('photo_not_an_image');
  return { source, bytes: Buffer.from(await photo.arrayBuffer()) };
}

export const actions: Actions = {
  default: async (event) => {
    const learner = requireActor(event, 'learner');
    const refused = await attempt(async () => {
      const { bytes, source } = await readPhoto(event.request);
      await acceptPhoto(event.locals.app, learner, event.params.chapter, bytes, source);
    });
    return refused ?? redirect(303, '/lecture');
  },
};
