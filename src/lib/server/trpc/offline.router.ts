import { reconcileOffline, ReconcileOffline } from '../records/reconcile-offline.ts';
import { counterOfficerProcedure, router } from './trpc.ts';

export const offlineRouter = router({
  reconcile: counterOfficerProcedure
    .input(ReconcileOffline)
    .mutation(({ ctx, input }) => reconcileOffline(ctx.app, ctx.actor, input)),
});
