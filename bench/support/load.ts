import { connect, type Socket } from 'node:net';

export interface LoadResult {
  readonly answered: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One simulated viewer: makes the next request and says whether the answer was right. */
export interface Viewer {
  next(): { path: string; headers: Readonly<Record<string, string>>; body: string };
  check(status: number, body: string): boolean;
}

const percentile = (sorted: Float64Array, part: number) =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

/** The answer in `text` when all of it is there; understands Content-Length and a chunked body (RFC 9112 §6, §7.1). */
function parseAnswer(text: string): { status: number; body: string } | undefined {
  const headEnd = text.indexOf('\r\n\r\n');
  if (headEnd < 0) return undefined;
  const head = text.slice(0, headEnd);
  const body = text.slice(headEnd + 4);
  const status = Number(head.slice(9, 12));
  const length = /content-length: (\d+)/i.exec(head)?.[1];
  if (length !== undefined) {
    return Buffer.byteLength(body) >= Number(length) ? { status, body } : undefined;
  }
  return body.endsWith('0\r\n\r\n') ? { status, body } : undefined;
}

function runViewer(port: number, viewer: Viewer, until: number, latencies: number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let failed = 0;
    let sentAt = 0;
    let received = '';
    const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const send = () => {
      if (performance.now() >= until) {
        socket.end();
        resolve(failed);
        return;
      }
      const { path, headers, body } = viewer.next();
      const lines = Object.entries({ ...headers, 'content-length': Buffer.byteLength(body) });
      const head = lines.map(([name, value]) => `${name}: ${value}\r\n`).join('');
      sentAt = performance.now();
      socket.write(`POST ${path} HTTP/1.1\r\nhost: localhost:${port}\r\n${head}\r\n${body}`);
    };
    socket.setEncoding('utf8');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('data', (chunk: string) => {
      received += chunk;
      const answer = parseAnswer(received);
      if (!answer) return;
      received = '';
      latencies.push(performance.now() - sentAt);
      if (!viewer.check(answer.status, answer.body)) failed += 1;
      send();
    });
  });
}

/** Closed loop: each viewer has a connection of its own and sends as soon as it has been answered, for `seconds`. */
export async function runLoad(
  port: number,
  viewers: readonly Viewer[],
  seconds: number,
): Promise<LoadResult> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const failures = await Promise.all(viewers.map((viewer) => runViewer(port, viewer, until, latencies)));
  const sorted = Float64Array.from(latencies).sort();
  return {
    answered: sorted.length,
    failed: failures.reduce((sum, count) => sum + count, 0),
    perSecond: Math.round(sorted.length / ((performance.now() - startedAt) / 1_000)),
    p50Ms: Number(percentile(sorted, 0.5).toFixed(2)),
    p99Ms: Number(percentile(sorted, 0.99).toFixed(2)),
  };
}
