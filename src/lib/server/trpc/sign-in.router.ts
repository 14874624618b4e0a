import { openCardChallenge } from '../sign-in/open-card-challenge.ts';
import { router, signInProcedure } from './trpc.ts';

export const signInRouter = router({
  openCardChallenge: signInProcedure.mutation(({ ctx }) =>
    openCardChallenge(ctx.app, { browserToken: ctx.browserToken }),
  ),
});
