import { connect } from 'node:net';

export interface LoadResult {
  readonly answered: number;
  readonly failed: number;
  readonly perSecond: number;
  readonly p50Ms: number;
  readonly p99Ms: number;
}

/** One simulated viewer: makes the next request and says whether the answer was right. */
export interface Viewer {
  readonly port: number;
  /** Request line and headers, without Content-Length and the empty line: the same for every request. */
  readonly head: string;
  nextBody(): string;
  check(status: number, answer: string): boolean;
}

const percentile = (sorted: Float64Array, part: number) =>
  sorted[Math.floor((sorted.length - 1) * part)] ?? 0;

const LENGTH = 'ontent-length: ';

/** Whether all of an answer has come, by its Content-Length (RFC 9112 §6.2); what is asked here is always answered with one. */
function isWhole(answer: string): boolean {
  const bodyAt = answer.indexOf('\r\n\r\n') + 4;
  if (bodyAt < 4) return false;
  const lengthAt = answer.indexOf(LENGTH) + LENGTH.length;
  if (lengthAt < LENGTH.length || lengthAt > bodyAt) throw new Error(`no length: ${answer.slice(0, bodyAt)}`);
  return answer.length - bodyAt >= Number.parseInt(answer.slice(lengthAt, lengthAt + 10), 10);
}

/**
 * Sends one request after the other on a connection of its own, each as soon as the last was answered. The load shares the machine
 * with what it measures, so it does as little as it can: no HTTP client, strings that are made once.
 */
function runViewer(viewer: Viewer, until: number, latencies: number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    let failed = 0;
    let sentAt = 0;
    let received = '';
    const socket = connect({ port: viewer.port, host: '127.0.0.1', noDelay: true });
    const head = `${viewer.head}\r\ncontent-length: `;
    const send = () => {
      const body = viewer.nextBody();
      sentAt = performance.now();
      // Bodies are ASCII: characters are bytes.
      socket.write(`${head}${body.length}\r\n\r\n${body}`, 'latin1');
    };
    socket.setEncoding('latin1');
    socket.on('connect', send);
    socket.on('error', reject);
    socket.on('close', () => resolve(failed));
    socket.on('data', (chunk: string) => {
      received = received === '' ? chunk : received + chunk;
      if (!isWhole(received)) return;
      const answer = received;
      received = '';
      const now = performance.now();
      latencies.push(now - sentAt);
      if (!viewer.check(Number(answer.slice(9, 12)), answer)) failed += 1;
      if (now < until) send();
      else socket.end();
    });
  });
}

/** Closed loop: each viewer has a connection of its own and sends as soon as it has been answered, for `seconds`. */
export async function runLoad(viewers: readonly Viewer[], seconds: number): Promise<LoadResult> {
  const latencies: number[] = [];
  const startedAt = performance.now();
  const until = startedAt + seconds * 1_000;
  const failures = await Promise.all(viewers.map((viewer) => runViewer(viewer, until, latencies)));
  const sorted = Float64Array.from(latencies).sort();
  return {
    answered: sorted.length,
    failed: failures.reduce((sum, count) => sum + count, 0),
    perSecond: Math.round(sorted.length / ((performance.now() - startedAt) / 1_000)),
    p50Ms: Number(percentile(sorted, 0.5).toFixed(2)),
    p99Ms: Number(percentile(sorted, 0.99).toFixed(2)),
  };
}

export function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** One line for people. */
export function describe(name: string, { perSecond, p50Ms, p99Ms, failed }: LoadResult): void {
  const figures = `${String(perSecond).padStart(7)}/s   p50 ${p50Ms} ms   p99 ${p99Ms} ms   failed ${failed}`;
  process.stdout.write(`${name.padEnd(28)} ${figures}\n`);
}
