import { answerPresence, AnswerPresence } from '../attendance/answer-presence.ts';
import { openViewing, OpenViewing } from '../attendance/open-viewing.ts';
import {
  identifyViewer,
  reportAsViewer,
  reportHeartbeat,
  ReportHeartbeat,
} from '../attendance/report-heartbeat.ts';
import { learnerProcedure, publicProcedure, requireActor, router } from './trpc.ts';

export const viewingRouter = router({
  open: learnerProcedure
    .input(OpenViewing)
    .mutation(({ ctx, input }) => openViewing(ctx.app, ctx.actor, input)),
  answerPresence: learnerProcedure
    .input(AnswerPresence)
    .mutation(({ ctx, input }) => answerPresence(ctx.app, ctx.actor, input)),
  // The one procedure that is called all the time: its token saves the look-up of the session.
  report: publicProcedure.input(ReportHeartbeat).mutation(async ({ ctx, input }) => {
    const viewer = identifyViewer(ctx.app, ctx.sessionToken, input);
    if (viewer) return reportAsViewer(ctx.app, viewer, input);
    return reportHeartbeat(ctx.app, await requireActor(ctx, 'learner'), input);
  }),
});
