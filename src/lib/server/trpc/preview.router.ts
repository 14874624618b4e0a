import { openPreview, OpenPreview } from '../lectures/open-preview.ts';
import { administratorProcedure, router } from './trpc.ts';

export const previewRouter = router({
  open: administratorProcedure
    .input(OpenPreview)
    .mutation(({ ctx, input }) => openPreview(ctx.app, ctx.actor, input)),
});
