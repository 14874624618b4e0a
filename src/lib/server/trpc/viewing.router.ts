import { openViewing, OpenViewing } from '../attendance/open-viewing.ts';
import { reportHeartbeat, ReportHeartbeat } from '../attendance/report-heartbeat.ts';
import { learnerProcedure, router } from './trpc.ts';

export const viewingRouter = router({
  open: learnerProcedure
    .input(OpenViewing)
    .mutation(({ ctx, input }) => openViewing(ctx.app, ctx.actor, input)),
  report: learnerProcedure
    .input(ReportHeartbeat)
    .mutation(({ ctx, input }) => reportHeartbeat(ctx.app, ctx.actor, input)),
});
