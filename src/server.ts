/** The production entry: SvelteKit's handler on one port, and an orderly end on SIGTERM. */
import { createServer } from 'node:http';

// The largest body is a register file (domain/limits.ts); endpoints bound theirs more tightly.
process.env.BODY_SIZE_LIMIT ??= '70M';

const handlerFile = new URL('../build/handler.js', import.meta.url).href;
const { handler } = (await import(handlerFile)) as {
  handler: (request: unknown, response: unknown, next: () => void) => void;
};

const server = createServer((request, response) =>
  handler(request, response, () => response.writeHead(404).end()),
);
server.keepAliveTimeout = 65_000;
server.listen(Number(process.env.PORT ?? 3000), process.env.HOST ?? '0.0.0.0');

// Requests under way are finished; a connection that is kept open must not keep the process.
const STOP_DEADLINE_MS = 10_000;

const stop = () => {
  server.close(() => process.exit(0));
  server.closeIdleConnections();
  setTimeout(() => process.exit(0), STOP_DEADLINE_MS).unref();
};
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
