import { openPasskeyRegistration, OpenPasskeyRegistration } from '../officers/open-passkey-registration.ts';
import { openPasskeySignIn } from '../officers/open-passkey-sign-in.ts';
import { router, signInProcedure } from './trpc.ts';

/** What the browser asks for before it calls the authenticator; the answer comes back as a form. */
export const passkeyRouter = router({
  openRegistration: signInProcedure
    .input(OpenPasskeyRegistration)
    .mutation(({ ctx, input }) => openPasskeyRegistration(ctx.app, ctx, input)),
  openSignIn: signInProcedure.mutation(({ ctx }) => openPasskeySignIn(ctx.app, ctx)),
});
