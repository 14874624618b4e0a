import { offlineRouter } from './offline.router.ts';
import { passkeyRouter } from './passkey.router.ts';
import { previewRouter } from './preview.router.ts';
import { signInRouter } from './sign-in.router.ts';
import { router } from './trpc.ts';
import { videoRouter } from './video.router.ts';
import { viewingRouter } from './viewing.router.ts';

/** What running scripts may call. Pages use load functions and form actions. */
export const appRouter = router({
  offline: offlineRouter,
  passkey: passkeyRouter,
  preview: previewRouter,
  signIn: signInRouter,
  video: videoRouter,
  viewing: viewingRouter,
});

export type AppRouter = typeof appRouter;
