import { openPasskeyRegistration, OpenPasskeyRegistration } from '../officers/open-passkey-registration.ts';
import { openPasskeySignIn } from '../officers/open-passkey-sign-in.ts';
import { publicProcedure, router } from './trpc.ts';

/** What the browser asks for before it calls the authenticator; the answer comes back as a form. */
export const passkeyRouter = router({
  openRegistration: publicProcedure
    .input(OpenPasskeyRegistration)
    .mutation(({ ctx, input }) => openPasskeyRegistration(ctx.app, ctx, input)),
  openSignIn: publicProcedure.mutation(({ ctx }) => openPasskeySignIn(ctx.app, ctx)),
});
