import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { lockOpen, type Shown } from './find-open.ts';
import { markHandOver } from './hand-over.queries.ts';

/** Somebody on either side wants it no more, or says that it is not him. What is over already stays so, and is no fault. */
export async function stopHandOver(app: App, shown: Shown, requestId: string): Promise<void> {
  const stop = app.db.transaction().execute(async (trx) => {
    const { id } = await lockOpen(app, trx, shown, ['waiting', 'claimed', 'approved']);
    await markHandOver(trx, id, { endedAt: app.clock.now() });
    await appendAudit(trx, 'system', {
      what: 'handOver.stopped',
      subject: { kind: 'handOver', id },
      detail: { side: shown.side },
      requestId,
    });
  });
  await stop.catch((thrown: unknown) => {
    if (!(thrown instanceof Refusal)) throw thrown;
  });
}
