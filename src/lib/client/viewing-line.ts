import type { inferRouterInputs, inferRouterOutputs } from '@trpc/server';
import { LineRefused, type ViewingLine } from '#lib/player/line.ts';
import type { AppRouter } from '#lib/server/trpc/router.ts';
import type { RefusalShape } from '#lib/server/trpc/trpc.ts';

type Inputs = inferRouterInputs<AppRouter>['viewing'];
type Outputs = inferRouterOutputs<AppRouter>['viewing'];

type Answer<T> =
  | { readonly result: { readonly data: T } }
  | { readonly error: { readonly data: { readonly refusal: RefusalShape | null } } };

/**
 * Calls a procedure as tRPC's own client does (its HTTP wire format), which would be a tenth of what the watch page may weigh. A refusal
 * is thrown as such, anything else that goes wrong as a broken line. `keepalive` lets the last heartbeat of a page that is going away arrive.
 */
async function call<P extends keyof Inputs & keyof Outputs>(
  procedure: P,
  input: Inputs[P],
): Promise<Outputs[P]> {
  const response = await fetch(`/api/trpc/viewing.${procedure}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    keepalive: true,
  });
  const answer = (await response.json()) as Answer<Outputs[P]>;
  if ('result' in answer) return answer.result.data;
  const { refusal } = answer.error.data;
  throw refusal ? new LineRefused(refusal.code) : new Error(`status ${response.status}`);
}

/** The player's line to the server. Each heartbeat takes along the newest token that an answer brought. */
export function viewingLine(chapterId: string): ViewingLine {
  let token: string | undefined;
  const keepToken = <T extends { readonly token?: string }>(answer: T): T => {
    token = answer.token ?? token;
    return answer;
  };
  return {
    open: () => call('open', { chapterId }).then(keepToken),
    report: (beat) => call('report', { ...beat, token }).then(keepToken),
    answerPresence: (checkId, wish) => call('answerPresence', { checkId, wish }),
  };
}
