import { once } from 'node:events';
import net from 'node:net';

export interface LineToDatabase {
  /** The database's address, by way of this line. */
  readonly url: string;
  /** From now on nothing comes through. */
  cut(): void;
}

/** A line to PostgreSQL that can be cut without touching anybody else's. */
export async function openLineToDatabase(databaseUrl: string): Promise<LineToDatabase> {
  const url = new URL(databaseUrl);
  const { hostname, port } = url;
  const ends = new Set<net.Socket>();
  const line = net.createServer((near) => {
    const far = net.connect(Number(port), hostname);
    for (const end of [near, far]) {
      ends.add(end);
      end.on('error', () => undefined); // it was cut
      end.on('close', () => ends.delete(end));
    }
    near.pipe(far).pipe(near);
  });
  line.listen(0, '127.0.0.1');
  await once(line, 'listening');
  url.hostname = '127.0.0.1';
  url.port = String((line.address() as net.AddressInfo).port);
  return {
    url: url.href,
    cut() {
      line.close();
      for (const end of ends) end.destroy();
    },
  };
}
