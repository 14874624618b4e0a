import { promises as fs } from 'node:fs';
import { connect, type Server } from 'node:net';
import type { CardHostSettings } from './settings.ts';

/** Begins to listen. A socket's file that a crash left behind is removed; one behind which somebody answers is not. */
export async function listen(server: Server, listenAt: CardHostSettings['listenAt']): Promise<void> {
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
