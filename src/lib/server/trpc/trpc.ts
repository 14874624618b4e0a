import { initTRPC, TRPCError } from '@trpc/server';
import { Refusal, type RefusalCode, type RefusalDetail } from '#lib/domain/refusal.ts';
import type { Actor, ActorKind } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';

export interface TrpcContext {
  readonly app: App;
  readonly actor: Actor | null;
  /** The cookie that ties a challenge to the browser that asked for it. */
  readonly browserToken: string;
  readonly requestId: string;
}

/** What a script gets of a refusal: it says the words in the person's language by the code. */
export interface RefusalShape {
  readonly code: RefusalCode;
  readonly detail: RefusalDetail;
}

function describeRefusal({ code, cause }: TRPCError): RefusalShape | null {
  if (cause instanceof Refusal) return { code: cause.code, detail: cause.detail };
  return code === 'BAD_REQUEST' ? { code: 'malformed', detail: {} } : null;
}

const t = initTRPC.context<TrpcContext>().create({
  errorFormatter: ({ shape, error }) => {
    const refusal = describeRefusal(error);
    // A fault's message and stack stay in the log.
    return { ...shape, message: refusal?.code ?? shape.data.code, data: { code: shape.data.code, refusal } };
  },
});

export const router = t.router;

const refusals = t.middleware(async ({ next }) => {
  const result = await next();
  if (!result.ok && result.error.cause instanceof Refusal) {
    throw new TRPCError({ code: 'UNPROCESSABLE_CONTENT', cause: result.error.cause });
  }
  return result;
});

export const publicProcedure = t.procedure.use(refusals);

/** A procedure for one kind of person; `ctx.actor` is that person. */
const procedureFor = <K extends ActorKind>(kind: K) =>
  publicProcedure.use(({ ctx, next }) => {
    if (!ctx.actor) throw new Refusal('not_signed_in');
    if (ctx.actor.kind !== kind) throw new Refusal('not_allowed');
    return next({ ctx: { ...ctx, actor: ctx.actor as Extract<Actor, { kind: K }> } });
  });

export const learnerProcedure = procedureFor('learner');
export const administratorProcedure = procedureFor('administrator');
