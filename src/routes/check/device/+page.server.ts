import { isAppOffered } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { isCardReaderOffered } from '#lib/server/sign-in/card-host/open-card-reader-request.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = ({ locals: { app } }) => ({
  isAppOffered: isAppOffered(app),
  isCardReaderOffered: isCardReaderOffered(app),
});
