import { once } from 'node:events';
import { Agent, request, type IncomingMessage } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import type { Attack } from '../support/scene.ts';
import type { Claim, Said, Stranger } from '../support/stranger.ts';
import type { Victim } from '../support/victim.ts';

const REPORT = '/api/trpc/viewing.report';
const ANSWERS = /HTTP\/1\.1 \d{3} /g;
const claimOf = (viewingId: string, sequence = 1): Claim => ({
  viewingId,
  sequence,
  fromMs: 0,
  toMs: 5_000,
  state: 'playing',
});
const bodyOf = (me: Stranger, viewingId: string, sequence = 1) =>
  JSON.stringify(me.beatBody(claimOf(viewingId, sequence)));

const CUT_OFF = 'cut off';

/** The answer's status; a server may also end the connection under a sender who has not come to the end (RFC 9112 §9.6). */
async function statusOf(sending: Promise<Said>): Promise<number | typeof CUT_OFF> {
  try {
    return (await sending).status;
  } catch (cause) {
    if (cause instanceof TypeError) return CUT_OFF; // what fetch throws
    throw cause;
  }
}

/** Each heartbeat after the answer to the one before, and after the whole of that one was sent. */
async function statusesOnOneConnection({ port, origin }: Victim, cookie: string, bodies: readonly string[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const headers = { cookie, origin, 'content-type': 'application/json' };
  const sockets = new Set<unknown>();
  const statuses: (number | undefined)[] = [];
  for (const body of bodies) {
    const sent = request({ agent, port, path: REPORT, method: 'POST', headers }).end(body);
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    sockets.add(sent.socket);
    statuses.push(response.statusCode);
    await Promise.all([once(response.resume(), 'end'), sent.writableFinished || once(sent, 'finish')]);
  }
  agent.destroy();
  expect(sockets.size).toBe(1);
  return statuses;
}

/** All requests in one write, without waiting for an answer (RFC 9112 §9.3.2); resolves with all that came back. */
function pipeline({ port }: Victim, cookie: string, bodies: readonly string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect(port, '127.0.0.1');
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      received += chunk;
      if ((received.match(ANSWERS) ?? []).length >= bodies.length) socket.end();
    });
    socket.on('close', () => resolve(received));
    socket.on('error', reject);
    const head = `POST ${REPORT} HTTP/1.1\r\nhost: localhost:${port}\r\ncookie: ${cookie}\r\ncontent-type: application/json\r\n`;
    socket.write(
      bodies.map((body) => `${head}content-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`).join(''),
    );
  });
}

/** Bends the requests themselves. */
export const REQUESTS: readonly Attack[] = [
  {
    name: 'Numbers that are none: negative, 1e308, NaN, text, null, nothing, arrays of a hundred thousand',
    happens: 'refused (`malformed`), each of them; the viewing goes on',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const huge = Array.from({ length: 100_000 }, () => 1);
      for (const wrong of [-1, 1e308, Number.NaN, '5000', null, undefined, huge, {}, [], true, '0x10', 1.5]) {
        for (const field of ['fromMs', 'toMs', 'sequence', 'keyCount']) {
          const said = await me.call('viewing.report', me.beatBody(claimOf(viewingId), { [field]: wrong }));
          const reply = me.readReply(said, viewingId);
          expect([field, wrong, reply.outcome === 'refused' && reply.code]).toEqual([
            field,
            wrong,
            'malformed',
          ]);
        }
      }
      for (const state of ['watched', '', 0, ['playing'], 'PLAYING', null]) {
        expect((await me.call('viewing.report', me.beatBody(claimOf(viewingId), { state }))).code).toBe(
          'malformed',
        );
      }
      expect((await me.beat(claimOf(viewingId))).outcome).toBe('credited');
    },
  },
  {
    name: 'Bodies that are no heartbeat: broken JSON, lists, depth of ten thousand, unknown fields, `__proto__`',
    happens: 'refused, or read for what they are; fields that nobody asked for change nothing',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const beat = bodyOf(me, viewingId);
      const broken = [
        '',
        '{',
        'null',
        '[]',
        `[${beat}]`,
        '"beat"',
        `${'['.repeat(10_000)}${']'.repeat(10_000)}`,
        '\u0000',
      ];
      for (const body of broken) expect((await me.post(REPORT, body)).status).toBe(400);
      const polluted = `{"__proto__":{"creditedMs":999999},"constructor":{"prototype":{"isAdmin":true}},"creditedMs":90000,"driverId":"x",${beat.slice(1)}`;
      const reply = me.readReply(await me.post(REPORT, polluted), viewingId);
      expect(reply).toMatchObject({ outcome: 'credited' });
      expect(reply.creditedMs).toBeLessThan(5_000);
      expect((await me.send('/lecture')).status).toBe(200);
    },
  },
  {
    name: 'A body of ten megabytes, with its length and without',
    happens: 'refused (413 or 400) without being read as a heartbeat; the connection serves what comes next',
    async run({ victim, me, first }) {
      const { viewingId } = await me.open(first.id);
      const large = JSON.stringify(me.beatBody(claimOf(viewingId), { padding: 'x'.repeat(10_000_000) }));
      expect([400, 413, CUT_OFF]).toContain(await statusOf(me.post(REPORT, large)));
      const stream = () =>
        new ReadableStream({
          start(controller) {
            controller.enqueue(new TextEncoder().encode(large));
            controller.close();
          },
        });
      const chunked = { method: 'POST', duplex: 'half', headers: { 'content-type': 'application/json' } };
      const said = me.send(REPORT, { ...chunked, body: stream() } as RequestInit);
      expect([400, 413, CUT_OFF]).toContain(await statusOf(said));
      expect(await statusesOnOneConnection(victim, me.cookie, [large, large, bodyOf(me, viewingId)])).toEqual(
        [413, 413, 200],
      );
    },
  },
  {
    name: 'Heartbeats as plain text, as a form, as multipart and without any content type',
    happens: 'refused (403, 415 or 400): another site could send these without asking',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const body = bodyOf(me, viewingId);
      for (const type of [
        'text/plain',
        'application/x-www-form-urlencoded',
        'multipart/form-data; boundary=x',
        '',
      ]) {
        const said = await me.post(REPORT, body, { 'content-type': type });
        expect([type, said.status >= 400]).toEqual([type, true]);
      }
    },
  },
  {
    name: 'GET, PUT, PATCH, DELETE and HEAD instead of POST',
    happens: 'refused (405 or 404): nothing changes by being read',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      await wait(300);
      const input = encodeURIComponent(bodyOf(me, viewingId));
      expect((await me.send(`${REPORT}?input=${input}`)).status).toBe(405);
      expect((await me.send(`${REPORT}?input=${input}`, { method: 'HEAD' })).text).toBe('');
      for (const method of ['PUT', 'PATCH', 'DELETE']) {
        const request = {
          method,
          body: bodyOf(me, viewingId),
          headers: { 'content-type': 'application/json' },
        };
        expect((await me.send(REPORT, request)).status).toBeGreaterThanOrEqual(400);
      }
    },
  },
  {
    name: 'One request with a batch of a thousand heartbeats, or of two',
    happens: 'refused as a whole (400): one request is one call',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const batchOf = (length: number) => {
        const beats = Array.from({ length }, (_, index) => ({
          ...me.beatBody(claimOf(viewingId, index + 1)),
          toMs: 10_000,
        }));
        const paths = beats.map(() => 'viewing.report').join(',');
        return me.post(`/api/trpc/${paths}?batch=1`, JSON.stringify({ ...beats }));
      };
      for (const length of [1_000, 2]) {
        expect([length, [400, CUT_OFF].includes(await statusOf(batchOf(length)))]).toEqual([length, true]);
        expect(me.heard.at(-1)).not.toContain('creditedMs');
      }
      expect(await me.beat(claimOf(viewingId))).toMatchObject({ outcome: 'credited', sequence: 1 });
    },
  },
  {
    name: 'Fifty heartbeats in one write on one connection (HTTP pipelining)',
    happens: 'answered one after the other; earns the milliseconds that it took',
    async run({ victim, me, first }) {
      const { viewingId } = await me.open(first.id);
      const bodies = Array.from({ length: 50 }, (_, index) => bodyOf(me, viewingId, index + 1));
      const received = await pipeline(victim, me.cookie, bodies);
      me.heard.push(received);
      expect(received.match(ANSWERS)).toHaveLength(50);
      expect(received).toContain('"credited"');
    },
  },
];
