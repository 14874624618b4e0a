import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { getPhotoUpload, setPhotoUpload, SetPhotoUpload } from '#lib/server/attendance/set-photo-upload.ts';
import { getPresence, setPresence, SetPresence } from '#lib/server/attendance/set-presence.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const [settings, isUploadAllowed] = await Promise.all([
    getPresence(app, administrator),
    getPhotoUpload(app, administrator),
  ]);
  return { settings, isUploadAllowed };
};

export const actions: Actions = {
  presence: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await setPresence(event.locals.app, administrator, await parseForm(event.request, SetPresence));
      return { isSaved: true };
    }),
  photos: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      await setPhotoUpload(event.locals.app, administrator, await parseForm(event.request, SetPhotoUpload));
      return { arePhotosSaved: true };
    }),
};
