import { router } from './trpc.ts';

/** What running scripts may call. Pages use load functions and form actions. */
export const appRouter = router({});

export type AppRouter = typeof appRouter;
