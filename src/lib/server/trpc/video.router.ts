import { listVideos } from '../videos/list-videos.ts';
import { administratorProcedure, router } from './trpc.ts';

export const videoRouter = router({
  list: administratorProcedure.query(({ ctx }) => listVideos(ctx.app, ctx.actor)),
});
