import type { IncomingMessage, ServerResponse } from 'node:http';
import type { App } from './app.ts';
import { openExchangeHost } from './exchange/exchange-host.ts';
import { openCardHost } from './sign-in/card-host/card-host.ts';
import type { Listening } from './tls-hosts/listen.ts';
import { createTrpcListener } from './trpc/node-listener.ts';

/** What the production entry (src/server.ts) serves beside the pages; made where the application is made, so that there is one of it. */
export interface Listeners {
  /** Answers a request that needs no page, before SvelteKit looks at it; false when it is none of those. */
  answerFirst(request: IncomingMessage, response: ServerResponse): boolean;
  /** Opens the further hosts that are configured. */
  open(): Promise<void>;
  close(): Promise<void>;
}

const SLOT = Symbol.for('koshu.listeners');

/** The entry is not bundled with the pages and the two share no module: this is how one hands to the other. */
export function publishListeners(app: App): void {
  let cardHost: Listening | null = null;
  let exchangeHost: Listening | null = null;
  const listeners: Listeners = {
    answerFirst: createTrpcListener(app),
    open: async () => {
      if (app.config.cardHost !== null) cardHost = await openCardHost(app);
      if (app.config.exchange.host !== null) exchangeHost = await openExchangeHost(app);
    },
    close: async () => {
      await Promise.all([cardHost?.close(), exchangeHost?.close()]);
      await app.close();
    },
  };
  Reflect.set(globalThis, SLOT, listeners);
}

export function publishedListeners(): Listeners {
  return Reflect.get(globalThis, SLOT) as Listeners;
}
