import type { Viewer } from './load.ts';
import type { LiveViewing } from './viewers.ts';

/** What the limit is asked: the same row, by its keys. */
export function bareViewer({ id, attendanceId, chapterId }: LiveViewing, port: number): Viewer {
  let sequence = 0;
  const keys = `{"id":"${id}","attendanceId":"${attendanceId}","chapterId":"${chapterId}"`;
  return {
    port,
    head: `POST / HTTP/1.1\r\nhost: localhost:${port}\r\ncontent-type: application/json`,
    nextBody: () => `${keys},"sequence":${(sequence += 1)},"toMs":0}`,
    check: (status) => status === 200,
  };
}

const numberAfter = (answer: string, name: string): number => {
  const at = answer.indexOf(name);
  return at < 0 ? Number.NaN : Number.parseInt(answer.slice(at + name.length, at + name.length + 16), 10);
};

const SEGMENT_MS = 6_000;
const TOKEN = '"token":"';

/**
 * A player as the server sees it: plays on by what was credited, so that each heartbeat moves the frontier as far as the clock
 * allows, keeps its keys and its token, sends both cookies. `acknowledged` gets the last sequence that was answered.
 */
export function ourViewer(
  { id, sessionToken }: LiveViewing,
  port: number,
  origin: string,
  acknowledged: Map<string, number>,
): Viewer {
  let sequence = 0;
  let creditedMs = 0;
  let keyCount = 0;
  let token = '';
  const cookies = `koshu-browser=${'b'.repeat(43)}; koshu-session=${sessionToken}`;
  return {
    port,
    head: [
      'POST /api/trpc/viewing.report HTTP/1.1',
      `host: localhost:${port}`,
      'content-type: application/json',
      `origin: ${origin}`,
      'sec-fetch-site: same-origin',
      `cookie: ${cookies}`,
    ].join('\r\n'),
    nextBody: () =>
      `{"viewingId":"${id}","sequence":${(sequence += 1)},"fromMs":${creditedMs},"toMs":${creditedMs + 10_000},` +
      `"state":"playing","keyCount":${keyCount}${token}}`,
    check: (status, answer) => {
      if (status !== 200 || !answer.includes('"outcome":"credited"')) return false;
      creditedMs = numberAfter(answer, '"creditedMs":');
      keyCount = Math.ceil(numberAfter(answer, '"releasedMs":') / SEGMENT_MS);
      const tokenAt = answer.indexOf(TOKEN);
      if (tokenAt >= 0) token = `,${answer.slice(tokenAt, answer.indexOf('"', tokenAt + TOKEN.length) + 1)}`;
      acknowledged.set(id, sequence);
      return true;
    },
  };
}
