import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Webhook } from 'standardwebhooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { listPartners, setPartnerDisabled } from '#lib/server/exchange/change-partners.ts';
import { pushEvents } from '#lib/server/exchange/push-events.ts';
import { rotatePushSecrets } from '#lib/server/exchange/rotate-push-secrets.ts';
import { endPush, resumePush, setPush } from '#lib/server/exchange/set-push.ts';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { environmentOf } from '../../support/test-app.ts';
import { openDesk, register, type Desk } from './exchange-desk.ts';

const NAME = '神奈川県警察';
interface Message {
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly path: string | undefined;
}

let desk: Desk;
let lecture: PublishedLecture;
let drivers: string[];
let partnerId: string;
let receiver: Server;
let url: string;
let messages: Message[] = [];
let answer: (response: ServerResponse) => void;

beforeAll(async () => {
  desk = await openDesk();
  // Signatures are checked against the real time.
  desk.test.clock.set(new Date());
  lecture = await publishLecture(desk.app, [60_000]);
  drivers = (await manyDrivers(desk.app, 30)).map(({ driverId }) => driverId);
  partnerId = (await register(desk, NAME, 'kanagawa')).id;
  receiver = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.once('end', () => {
      messages.push({ headers: request.headers, body: Buffer.concat(parts).toString(), path: request.url });
      answer(response);
    });
  }).listen(0, '127.0.0.1');
  await once(receiver, 'listening');
  url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/koshu`;
});
afterAll(async () => {
  receiver.closeAllConnections();
  receiver.close();
  await desk.close();
});
beforeEach(() => {
  messages = [];
  answer = (response) => response.writeHead(204).end();
});

const complete = async () => {
  const { recordNumber } = await takeLecture(desk.app, { driverId: drivers.pop()!, lecture });
  return recordNumber!;
};
const push = (signal = new AbortController().signal) => pushEvents(desk.app, { partnerId }, { signal });
const state = async () => (await listPartners(desk.app)).find(({ name }) => name === NAME)!;
const received = () =>
  messages.map(
    ({ body }) =>
      (JSON.parse(body) as { data: { record: { recordNumber: string } } }).data.record.recordNumber,
  );

describe('a push', () => {
  let secret: string;
  beforeAll(async () => {
    await complete(); // before there was a push: the feed has it
    secret = await setPush(desk.app, NAME, url);
  });

  it('brings each completion that the worker finds, signed so that a program of others believes it', async () => {
    const made = [await complete(), await complete()];
    await runDueJobs(desk.app);
    expect(received()).toEqual(made);
    const { headers, body } = messages[0]!;
    const signed = headers as Record<string, string>;
    expect(new Webhook(secret).verify(body, signed)).toMatchObject({
      type: 'record.issued',
      data: { id: headers['webhook-id'], record: { recordNumber: made[0] } },
    });
    expect(() => new Webhook(secret).verify(body.replace('issued', 'voided'), signed)).toThrow();
    expect(() => new Webhook(`whsec_${'A'.repeat(44)}`).verify(body, signed)).toThrow();
    expect(await state()).toMatchObject({ pending: 0, pushResult: '204', pushFailures: 0 });
  });

  it('waits longer after each failure, keeps the order, and repeats under the same id', async () => {
    const made = [await complete(), await complete()];
    answer = (response) => response.writeHead(503).end();
    await push();
    expect(received()).toEqual([made[0]]);
    await push(); // not due yet
    expect(messages).toHaveLength(1);
    desk.test.clock.advance(5_000);
    await push();
    expect(messages).toHaveLength(2);
    const failed = await state();
    expect(failed).toMatchObject({ pending: 2, pushResult: '503', pushFailures: 2 });
    expect(failed.pushNextAt!.getTime() - desk.test.clock.now().getTime()).toBe(15_000);
    answer = (response) => response.writeHead(200).end('thanks');
    desk.test.clock.advance(15_000);
    await push();
    expect(received()).toEqual([made[0], made[0], made[0], made[1]]);
    expect(new Set(messages.slice(0, 3).map(({ headers }) => headers['webhook-id'])).size).toBe(1);
  });

  it('has its next try in the queue of the worker, and one only', async () => {
    await complete();
    answer = (response) => response.writeHead(500).end();
    await push();
    await complete(); // does not bring the try forward
    const { rows } = await desk.app.pool.query<{ soon: boolean }>(
      `select run_at < now() + interval '2 seconds' as soon from graphile_worker.jobs
        where task_identifier = 'pushEvents' and run_at > now()`,
    );
    expect(rows).toEqual([{ soon: false }]);
    answer = (response) => response.writeHead(204).end();
    await resumePush(desk.app, NAME);
    await push();
    expect(messages).toHaveLength(3);
  });

  it('follows no redirect', async () => {
    await complete();
    answer = (response) => response.writeHead(302, { location: `${url}/elsewhere` }).end();
    await push();
    expect(messages.map(({ path }) => path)).toEqual(['/koshu']);
    expect(await state()).toMatchObject({ pushResult: '302', pushFailures: 1 });
  });

  it('is given up after sixteen failures, or when the partner is gone, and resumed where it stood', async () => {
    answer = (response) => response.writeHead(500).end();
    await desk.app.db
      .updateTable('exchangePartner')
      .set({ pushFailures: 15, pushNextAt: null })
      .where('id', '=', partnerId)
      .execute();
    await push();
    expect((await state()).pushStoppedAt).not.toBeNull();
    messages = [];
    await push();
    expect(messages).toEqual([]);
    await resumePush(desk.app, NAME);
    answer = (response) => response.writeHead(410).end();
    await push();
    expect(await state()).toMatchObject({ pushResult: '410', pending: 1 });
    expect((await state()).pushStoppedAt).not.toBeNull();
    await resumePush(desk.app, NAME);
    answer = (response) => response.writeHead(204).end();
    await push();
    expect(await state()).toMatchObject({ pending: 0, pushStoppedAt: null });
  });

  it('does not wait for a partner who says nothing, when the worker has to end', async () => {
    await complete();
    answer = () => undefined;
    const stop = new AbortController();
    const pushing = push(stop.signal);
    await once(receiver, 'request');
    stop.abort();
    await pushing;
    expect(await state()).toMatchObject({ pushFailures: 0, pending: 1 });
    answer = (response) => response.writeHead(204).end();
    await push();
  });

  it('is not sent to somebody who is disabled, and follows when he is let in again', async () => {
    await setPartnerDisabled(desk.app, NAME, true);
    const made = await complete();
    messages = [];
    await runDueJobs(desk.app);
    await push();
    expect(messages).toEqual([]);
    desk.test.clock.advance(1_000);
    await setPartnerDisabled(desk.app, NAME, false);
    const { rows } = await desk.app.pool.query(
      `select run_at as at from graphile_worker.jobs where task_identifier = 'pushEvents' and run_at = $1`,
      [desk.test.clock.now()],
    );
    expect(rows).toHaveLength(1);
    await push();
    expect(received()).toEqual([made]);
  });

  it('has its secret wrapped, and wrapped anew under a new key', async () => {
    const rows = await desk.app.db.selectFrom('exchangePartner').select('pushSecret').execute();
    expect(rows[0]?.pushSecret?.includes(Buffer.from(secret.slice('whsec_'.length), 'base64'))).toBe(false);
    const old = desk.app.config.wrappingKey.bytes.toString('base64');
    const rotated = await createApp(
      parseConfig({
        ...environmentOf(desk.app),
        ...{ WRAPPING_KEY: Buffer.alloc(32, 7).toString('base64'), WRAPPING_KEY_ID: '2' },
        OLD_WRAPPING_KEYS: `1:${old}`,
      }),
      { clock: desk.test.clock },
    );
    expect(await rotatePushSecrets(rotated)).toBe(1);
    expect(await rotatePushSecrets(rotated)).toBe(0);
    await complete();
    await pushEvents(rotated, { partnerId }, { signal: new AbortController().signal });
    const { body, headers } = messages.at(-1)!;
    expect(() => new Webhook(secret).verify(body, headers as Record<string, string>)).not.toThrow();
    await rotated.close();
  });

  it('ends', async () => {
    await endPush(desk.app, NAME);
    await complete();
    messages = [];
    await push();
    expect(messages).toEqual([]);
  });
});
