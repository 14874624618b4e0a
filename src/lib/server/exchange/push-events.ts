import { pushPauseMs } from '#lib/domain/exchange/push-retry.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { enqueuePush } from '../jobs/enqueue.ts';
import type { Attempt } from '../jobs/tasks.ts';
import { unwrapSecret, wrappingKeysOf } from '../media/video-secret.ts';
import { listEvents } from './exchange.queries.ts';
import { describeEvent } from './list-completions.ts';
import { findPush, updatePush } from './push.queries.ts';
import type { PushedEvent } from './schemas.ts';
import { sendWebhook } from './send-webhook.ts';
import { signWebhook } from './sign-webhook.ts';
import type { z } from 'zod';

const BATCH = 50;
/** RFC 9110 §15.5.11: the partner wants nothing more. */
const GONE = 410;

type Push = NonNullable<Awaited<ReturnType<typeof findPush>>>;
type Event = Awaited<ReturnType<typeof listEvents>>[number];

/**
 * Pushes to a partner what he has not taken yet, one event after the other and each until it is taken, so that they arrive in order. The job is
 * asked for in the transaction that makes an event (migration 0019). A failure is kept, and tried again after a pause that grows.
 */
export async function pushEvents(
  app: App,
  { partnerId }: { readonly partnerId: string },
  { signal }: Pick<Attempt, 'signal'>,
): Promise<void> {
  const push = await findPush(app.db, partnerId);
  if (!push || push.disabledAt !== null || push.pushStoppedAt !== null) return;
  if (push.pushNextAt !== null && app.clock.now() < push.pushNextAt)
    return comeAgain(app, push.id, push.pushNextAt);
  const until = performance.now() + LIMITS.pushTurnMs;
  let after = push.pushPosition;
  for (;;) {
    const { commissionCode } = push;
    const events = await listEvents(app.db, { after, commissionCode, limit: BATCH });
    if (events.length === 0) return;
    for (const event of events) {
      if (signal.aborted || performance.now() > until) return comeAgain(app, push.id, app.clock.now());
      if (!(await isTaken(app, push, event, signal))) return;
      after = event.position;
    }
  }
}

const comeAgain = (app: App, partnerId: string, at: Date) =>
  app.db.transaction().execute((trx) => enqueuePush(trx, partnerId, at));

async function isTaken(app: App, push: Push, event: Event, signal: AbortSignal): Promise<boolean> {
  const at = app.clock.now();
  const { status, result } = await send(app, push, event, at, signal);
  const isGood = status >= 200 && status < 300;
  if (isGood) {
    await updatePush(app.db, push.id, {
      ...{ pushPosition: event.position, pushFailures: 0, pushNextAt: null },
      ...{ pushTriedAt: at, pushResult: result },
    });
    return true;
  }
  // A worker that has to end has not been refused by anybody.
  if (signal.aborted) await comeAgain(app, push.id, at);
  else await keepFailure(app, push, { at, result, isOver: status === GONE });
  return false;
}

async function send(app: App, push: Push, event: Event, at: Date, signal: AbortSignal) {
  const data = describeEvent(event);
  const pushed: z.infer<typeof PushedEvent> = { type: data.type, timestamp: data.occurredAt, data };
  const content = JSON.stringify(pushed);
  const secret = unwrapSecret(wrappingKeysOf(app.config), push.pushSecret, push.pushSecretKeyId);
  const headers = signWebhook(secret, { id: event.id, at, content });
  try {
    return await sendWebhook(app, push.pushUrl, { headers, content }, signal);
  } catch (thrown) {
    if (thrown instanceof Refusal) return { status: 0, result: thrown.code };
    throw thrown;
  }
}

async function keepFailure(
  app: App,
  { id }: Push,
  { at, result, isOver }: { readonly at: Date; readonly result: string; readonly isOver: boolean },
): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    const now = await findPush(trx, id);
    if (!now) return;
    const failures = now.pushFailures + 1;
    const pauseMs = isOver ? null : pushPauseMs(failures);
    const nextAt = pauseMs === null ? null : new Date(at.getTime() + pauseMs);
    await updatePush(trx, id, {
      ...{ pushFailures: failures, pushNextAt: nextAt, pushStoppedAt: nextAt === null ? at : null },
      ...{ pushTriedAt: at, pushResult: result },
    });
    if (nextAt !== null) return enqueuePush(trx, id, nextAt);
    app.log.error({ partner: id, failures, result }, 'a push was given up');
    await appendAudit(trx, 'system', {
      what: 'exchange.pushStopped',
      subject: { kind: 'exchangePartner', id },
      detail: { failures },
    });
  });
}
