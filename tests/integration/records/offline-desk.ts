import { listConflicts } from '#lib/server/records/offline-conflicts.ts';
import { prepareDesk } from '#lib/server/records/prepare-desk.ts';
import { reconcileOffline, ReconcileOffline } from '#lib/server/records/reconcile-offline.ts';
import { openCounterDesk } from '../../support/counter-desk.ts';
import { signedInOfficer } from '../../support/officers.ts';

const MINUTE_MS = 60_000;

/** The counter with a supervisor and a colleague, whose line was away for an hour. */
export async function openOfflineDesk() {
  const desk = await openCounterDesk();
  const supervisor = await signedInOfficer(desk.app, '責任 者', 'kanagawa', { isSupervisor: true });
  const colleague = await signedInOfficer(desk.app, '別 職員');
  const minutesLater = (minutes: number) => new Date(desk.app.clock.now().getTime() + minutes * MINUTE_MS);

  /** What a terminal keeps of a decision five minutes after it was prepared for this officer. */
  async function decided(recordNumber: string, changes: object = {}, by = desk.mori) {
    const { token, preparedAt } = prepareDesk(desk.app, by);
    return {
      id: crypto.randomUUID(),
      proof: await desk.proofOf(recordNumber),
      kind: 'accepted',
      decidedAt: minutesLater(5).toISOString(),
      revokedAsOf: preparedAt,
      desk: token,
      ...changes,
    };
  }

  return {
    desk,
    supervisor,
    colleague,
    minutesLater,
    decided,
    /** The line is back an hour later. */
    async send(decisions: readonly Awaited<ReturnType<typeof decided>>[], officer = desk.mori) {
      desk.clock.set(minutesLater(60).toISOString());
      const sent = await reconcileOffline(desk.app, officer, ReconcileOffline.parse({ decisions }));
      desk.resetClock();
      return sent.map(({ outcome }) => outcome);
    },
    /** What is flagged of this record. */
    open: async (recordNumber: string) =>
      (await listConflicts(desk.app, supervisor)).filter(
        (conflict) => conflict.recordNumber === recordNumber,
      ),
  };
}
