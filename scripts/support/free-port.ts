import { randomInt } from 'node:crypto';
import { createServer } from 'node:net';

/**
 * Above the ports of well-known services and below those that systems lend to outgoing connections (Linux from 32768, others from
 * 49152): a port of theirs that is free now may be somebody's end of a connection by the time it is listened on.
 */
const FIRST_PORT = 15_000;
const LAST_PORT = 32_000;
const ATTEMPTS = 50;

/** A TCP port on 127.0.0.1 that nothing listens on at this moment. Throws when fifty in a row are taken. */
export async function freePort(): Promise<number> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const port = randomInt(FIRST_PORT, LAST_PORT);
    if (!(await isPortTaken(port))) return port;
  }
  throw new Error(`no free port was found between ${FIRST_PORT} and ${LAST_PORT}`);
}

/** Whether somebody already listens on this port of 127.0.0.1. */
export function isPortTaken(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(true));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(false)));
  });
}
