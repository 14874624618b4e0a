import { createTRPCClient, httpLink, TRPCClientError } from '@trpc/client';
import type { AppRouter } from '#lib/server/trpc/router.ts';
import type { RefusalShape } from '#lib/server/trpc/trpc.ts';

/** `keepalive` lets the last heartbeat of a page that is going away still arrive. */
export const trpc = createTRPCClient<AppRouter>({
  links: [
    httpLink({
      url: '/api/trpc',
      fetch: (url, init) => fetch(url, { ...(init as RequestInit), keepalive: true }),
    }),
  ],
});

/** The refusal in an error of `trpc`, or null for a broken line or a fault. */
export function refusalOf(error: unknown): RefusalShape | null {
  return error instanceof TRPCClientError
    ? ((error as TRPCClientError<AppRouter>).data?.refusal ?? null)
    : null;
}
