import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { request as requestPlain } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCardHost } from '#lib/server/sign-in/card-host/card-host.ts';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import {
  asByteSequence,
  behindProxy,
  comeBack,
  inFolder,
  openDesk,
  PROXY_SECRET,
  setOut,
  ticketOf,
  visit,
  type Desk,
} from './card-reader.ts';
import type { Card } from './signed-card.ts';

describe('the socket', () => {
  it('that a crash left behind is opened anew; one behind which somebody answers is not', async () => {
    const desk = await openDesk((folder) => behindProxy(folder, 'client-cert'));
    writeFileSync(inFolder(desk, 'secret'), PROXY_SECRET);
    const first = await openCardHost(desk.app);
    await expect(openCardHost(desk.app)).rejects.toThrow(/EADDRINUSE/);
    expect(statSync(inFolder(desk, 'card-host.sock')).isSocket()).toBe(true);
    await first.close();
    const crash = `require('net').createServer().listen(${JSON.stringify(inFolder(desk, 'card-host.sock'))}, () => process.kill(process.pid, 'SIGKILL'))`;
    await once(spawn(process.execPath, ['-e', crash]), 'exit');
    expect(statSync(inFolder(desk, 'card-host.sock')).isSocket()).toBe(true);
    const second = await openCardHost(desk.app);
    await second.close();
    await desk.close();
  });

  it('is not opened with a secret that can be guessed, or without one', async () => {
    const desk = await openDesk((folder) => behindProxy(folder, 'client-cert'));
    await expect(openCardHost(desk.app)).rejects.toThrow(/CARD_HOST_PROXY_SECRET_FILE: .*cannot be read/);
    writeFileSync(inFolder(desk, 'secret'), 'short');
    await expect(openCardHost(desk.app)).rejects.toThrow(/at least 32 characters/);
    await desk.close();
  });
});

describe('a real proxy that ends TLS before the card host', () => {
  let desk: Desk;
  let host: Listening;
  let proxy: Server;
  let port: number;

  beforeAll(async () => {
    desk = await openDesk((folder) => ({
      ...behindProxy(folder, 'client-cert'),
      CARD_HOST_LISTEN: '127.0.0.1:0',
    }));
    writeFileSync(inFolder(desk, 'secret'), PROXY_SECRET);
    host = await openCardHost(desk.app);
    const tls = {
      cert: readFileSync(inFolder(desk, 'card-host.pem')),
      key: readFileSync(inFolder(desk, 'private/card-host.key')),
    };
    proxy = createServer(
      { ...tls, maxVersion: 'TLSv1.2', requestCert: true, rejectUnauthorized: false },
      (request, response) => {
        const socket = request.socket as TLSSocket;
        const der = socket.getPeerX509Certificate()?.raw;
        const onward = requestPlain(
          {
            ...{ host: '127.0.0.1', port: host.port, path: request.url, method: request.method },
            headers: {
              'x-koshu-proxy-secret': PROXY_SECRET,
              'x-koshu-tls-session': socket.isSessionReused() ? '1' : '0',
              ...(der && { 'client-cert': asByteSequence(der) }),
            },
          },
          (answer) => {
            response.writeHead(answer.statusCode ?? 502, answer.headers);
            answer.pipe(response);
          },
        );
        request.pipe(onward);
      },
    ).listen(0, '127.0.0.1');
    await once(proxy, 'listening');
    port = (proxy.address() as AddressInfo).port;
  });
  afterAll(async () => {
    proxy.closeAllConnections();
    proxy.close();
    await host.close();
    await desk.close();
  });

  const show = async (card?: Card, headers: Record<string, string> = {}) =>
    visit(desk, port, await setOut(desk), { ...(card && { card }), request: { headers } });

  it('lets a card in', async () => {
    await expect(comeBack(desk, ticketOf(await show(desk.hanako)))).resolves.toBeDefined();
  });

  it('hands on nothing that the browser itself wrote', async () => {
    const forged = { 'client-cert': asByteSequence(desk.hanako.der), 'x-koshu-proxy-secret': PROXY_SECRET };
    await expectRefusal(comeBack(desk, ticketOf(await show(undefined, forged))), 'certificate_missing');
  });
});
