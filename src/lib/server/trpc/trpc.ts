import { initTRPC, type TRPCError } from '@trpc/server';
import { Refusal, type RefusalCode, type RefusalDetail } from '#lib/domain/refusal.ts';
import type { Actor, ActorKind } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { limitSignIn } from '../rate-limits/limit-sign-in.ts';

export interface TrpcContext {
  readonly app: App;
  /** The session's token as the browser sent it. */
  readonly sessionToken: string | undefined;
  /** Who holds it; looked up when a procedure asks. */
  findActor(): Promise<Actor | null>;
  /** The cookie that ties a challenge to the browser that asked for it. */
  readonly browserToken: string;
  /** The network address of the browser, as the nearest proxy that is believed tells it. */
  readonly clientAddress: string;
  readonly requestId: string;
}

const MINUTE_SECONDS = 60;

/** For an answer to too many attempts: when to come again (RFC 9110 §10.2.3). */
export function headersFor(errors: readonly TRPCError[]): Record<string, string> {
  const limited = errors.map(({ cause }) => cause).find((cause) => cause instanceof Refusal);
  if (limited?.code !== 'too_many_requests') return {};
  return { 'retry-after': String(Number(limited.detail.minutes) * MINUTE_SECONDS) };
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

/** Whether something is broken, as against refused or asked wrongly. A fault's message and stack stay in the log. */
export function isFault({ code, cause }: TRPCError): boolean {
  return code === 'INTERNAL_SERVER_ERROR' && !(cause instanceof Refusal);
}

const REFUSED = { code: 'UNPROCESSABLE_CONTENT', httpStatus: 422 } as const;
const TOO_MANY = { code: 'TOO_MANY_REQUESTS', httpStatus: 429 } as const;

// That refusals get their status here, and not in a middleware around every procedure, makes a heartbeat cheaper.
const t = initTRPC.context<TrpcContext>().create({
  errorFormatter: ({ shape, error }) => {
    const refusal = describeRefusal(error);
    const { code, httpStatus } =
      error.cause instanceof Refusal
        ? refusal?.code === 'too_many_requests'
          ? TOO_MANY
          : REFUSED
        : shape.data;
    return { ...shape, message: refusal?.code ?? code, data: { code, httpStatus, refusal } };
  },
});

export const router = t.router;

export const publicProcedure = t.procedure;

/** A step of signing in, before anybody is known: counted by browser and by network. */
export const signInProcedure = publicProcedure.use(async ({ ctx, path, next }) => {
  await limitSignIn(ctx.app, ctx, path);
  return next();
});

/** The signed-in person of the wanted kind; refused (`not_signed_in`, `not_allowed`) otherwise. */
export async function requireActor<K extends ActorKind>(
  { findActor }: Pick<TrpcContext, 'findActor'>,
  kind: K,
): Promise<Extract<Actor, { kind: K }>> {
  const actor = await findActor();
  if (!actor) throw new Refusal('not_signed_in');
  if (actor.kind !== kind) throw new Refusal('not_allowed');
  return actor as Extract<Actor, { kind: K }>;
}

/** A procedure for one kind of person; `ctx.actor` is that person. */
const procedureFor = <K extends ActorKind>(kind: K) =>
  publicProcedure.use(async ({ ctx, next }) => next({ ctx: { actor: await requireActor(ctx, kind) } }));

export const learnerProcedure = procedureFor('learner');
export const administratorProcedure = procedureFor('administrator');
export const counterOfficerProcedure = procedureFor('counterOfficer');
