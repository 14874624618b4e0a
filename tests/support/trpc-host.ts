import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { App } from '#lib/server/app.ts';
import { createTrpcListener } from '#lib/server/trpc/node-listener.ts';

/** What the pages would be asked is answered with this status. */
export const LEFT_TO_PAGES = 418;

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data?: { outcome: string; code?: string; creditedMs: number; token?: string; grant?: object };
  readonly error?: { data: { code: string; refusal: { code: string } | null } };
}

/** The listener of heartbeats on a port of 127.0.0.1, as src/server.ts asks it before SvelteKit. */
export async function startTrpcHost(app: App) {
  const listener = createTrpcListener(app);
  const server = createServer((request, response) => {
    if (!listener(request, response)) response.writeHead(LEFT_TO_PAGES).end();
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/trpc`;
  return {
    url,
    /** Posts as our page does, with this session's cookie. */
    async call(
      procedure: string,
      input: unknown,
      sessionToken: string | null,
      headers: Record<string, string> = {},
    ): Promise<Answer> {
      const response = await fetch(`${url}/${procedure}`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          origin: app.config.origin,
          ...(sessionToken !== null && { cookie: `koshu-session=${sessionToken}` }),
          ...headers,
        },
        body: typeof input === 'string' ? input : JSON.stringify(input),
      });
      const text = await response.text();
      const answer = (text === '' ? {} : JSON.parse(text)) as {
        result?: { data: NonNullable<Answer['data']> };
        error?: NonNullable<Answer['error']>;
      };
      return {
        status: response.status,
        headers: response.headers,
        ...(answer.result && { data: answer.result.data }),
        ...(answer.error && { error: answer.error }),
      };
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
}

export type TrpcHost = Awaited<ReturnType<typeof startTrpcHost>>;
