import { openCardChallenge } from '../sign-in/open-card-challenge.ts';
import { publicProcedure, router } from './trpc.ts';

export const signInRouter = router({
  openCardChallenge: publicProcedure.mutation(({ ctx }) =>
    openCardChallenge(ctx.app, { browserToken: ctx.browserToken }),
  ),
});
