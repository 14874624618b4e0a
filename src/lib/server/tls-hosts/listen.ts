import { promises as fs } from 'node:fs';
import type { Server } from 'node:http';
import { connect, type Socket } from 'node:net';
import type { ListenAt } from './listen-at.ts';

const CLOSE_GRACE_MS = 2_000;

export interface Listening {
  /** Where it listens: of use when the port was left to the system. */
  readonly port: number | null;
  /** Lets those who have asked have their answer; who has only opened a connection is not waited for. */
  close(): Promise<void>;
}

/** Begins to listen. A socket's file that a crash left behind is removed; one behind which somebody answers is not. */
export async function listen(server: Server, listenAt: ListenAt): Promise<Listening> {
  const sockets = new Set<Socket>();
  server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
  });
  if ('path' in listenAt && (await isAbandoned(listenAt.path))) await fs.unlink(listenAt.path);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    // The proxy is another user of the machine: the folder says who may come near, the secret who is believed.
    const where = 'path' in listenAt ? { ...listenAt, readableAll: true, writableAll: true } : listenAt;
    server.listen(where, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : null,
    close: () => closeServer(server, sockets),
  };
}

function closeServer(server: Server, sockets: ReadonlySet<Socket>): Promise<void> {
  return new Promise((resolve) => {
    const deadline = setTimeout(() => sockets.forEach((socket) => socket.destroy()), CLOSE_GRACE_MS);
    server.close(() => {
      clearTimeout(deadline);
      resolve();
    });
    server.closeIdleConnections();
  });
}

async function isAbandoned(path: string): Promise<boolean> {
  const stat = await fs.stat(path).catch(() => null);
  if (!stat?.isSocket()) return false;
  return new Promise((resolve) => {
    const probe = connect({ path });
    probe.once('connect', () => {
      probe.destroy();
      resolve(false);
    });
    probe.once('error', (error: NodeJS.ErrnoException) => resolve(error.code === 'ECONNREFUSED'));
  });
}
