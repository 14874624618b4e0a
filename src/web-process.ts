/** A web process: SvelteKit's handler on one port, what needs no page before it, further hosts beside it; an orderly end on SIGTERM. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { publishedListeners } from '#lib/server/listeners.ts';
import { discardUnread } from '#lib/server/unread-body.ts';

// The largest body is a register file (domain/limits.ts); endpoints bound theirs more tightly.
process.env.BODY_SIZE_LIMIT ??= '70M';

const handlerFile = new URL('../build/handler.js', import.meta.url).href;
const { handler } = (await import(handlerFile)) as {
  handler: (request: IncomingMessage, response: ServerResponse, next: () => void) => void;
};
const listeners = publishedListeners(); // the handler's module has made the application

const server = createServer((request, response) => {
  if (listeners.answerFirst(request, response)) return;
  discardUnread(request, response);
  handler(request, response, () => response.writeHead(404).end());
});
server.keepAliveTimeout = 65_000;
await listeners.open();
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '0.0.0.0', () => {
  process.send?.('serving'); // to server.ts, where it is one of several
});

// Requests under way are finished; a connection that is kept open must not keep the process.
const STOP_DEADLINE_MS = 10_000;

let isStopping = false;
const stop = () => {
  if (isStopping) return;
  isStopping = true;
  server.close(() => void listeners.close().finally(() => process.exit(0)));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
