import { signInRouter } from './sign-in.router.ts';
import { router } from './trpc.ts';
import { viewingRouter } from './viewing.router.ts';

/** What running scripts may call. Pages use load functions and form actions. */
export const appRouter = router({
  signIn: signInRouter,
  viewing: viewingRouter,
});

export type AppRouter = typeof appRouter;
