import { once } from 'node:events';
import { connect as connectTcp, createServer } from 'node:net';
import { connect as connectTls, type ConnectionOptions, type TLSSocket } from 'node:tls';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Listening } from '#lib/server/tls-hosts/listen.ts';
import { Extension } from '../../../scripts/test-ca/issue.ts';
import { expectRefusal } from '../certificates/test-pki.ts';
import { comeBack, keyPair, openDesk, openHost, setOut, ticketOf, visit, type Desk } from './card-reader.ts';

let desk: Desk;
let host: Listening & { port: number };

beforeAll(async () => {
  desk = await openDesk();
  host = await openHost(desk);
});
afterAll(async () => {
  await host.close();
  await desk.close();
});

/** A finished handshake, or the error that it ended with. */
async function shakeHands(options: ConnectionOptions, port = host.port): Promise<TLSSocket> {
  const socket = connectTls({ host: '127.0.0.1', port, ca: desk.authority, ...options });
  await once(socket, 'secureConnect');
  return socket;
}

describe('the handshake', () => {
  it('is TLS 1.2, forward secret and authenticated, over HTTP/1.1', async () => {
    const socket = await shakeHands({ ...(await keyPair(desk.hanako)), ALPNProtocols: ['h2', 'http/1.1'] });
    expect(socket.getProtocol()).toBe('TLSv1.2');
    expect(socket.alpnProtocol).toBe('http/1.1');
    expect(socket.getCipher().name).toMatch(/^ECDHE-.*(GCM|POLY1305)/);
    socket.destroy();
  });

  it.each<[string, ConnectionOptions]>([
    ['who speaks TLS 1.3 only', { minVersion: 'TLSv1.3' }],
    ['who speaks TLS 1.1 only', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1.1', ciphers: 'ALL:@SECLEVEL=0' }],
    [
      'who signs by RSA-PSS only',
      { maxVersion: 'TLSv1.2', sigalgs: 'rsa_pss_rsae_sha256:rsa_pss_rsae_sha512' },
    ],
    ['who has no forward secrecy', { maxVersion: 'TLSv1.2', ciphers: 'AES128-GCM-SHA256' }],
    ['who has old ciphers only', { maxVersion: 'TLSv1.2', ciphers: 'ECDHE-ECDSA-AES128-SHA256' }],
    ['who speaks HTTP/2 only', { ALPNProtocols: ['h2'] }],
  ])('fails for a browser %s', async (_, options) => {
    await expect(shakeHands(options)).rejects.toThrow();
  });

  it('never asks a card for RSA-PSS, which its chip cannot do, and names the authorities for signing in alone', async () => {
    const said: Buffer[] = [];
    const relay = createServer((browser) => {
      const server = connectTcp(host.port, '127.0.0.1');
      server.on('data', (part: Buffer) => said.push(part));
      browser.pipe(server).pipe(browser);
      browser.on('error', () => server.destroy());
      server.on('error', () => browser.destroy());
    }).listen(0, '127.0.0.1');
    await once(relay, 'listening');
    const address = relay.address();
    const port = typeof address === 'object' && address ? address.port : 0;
    const socket = await shakeHands({ ...(await keyPair(desk.hanako)), maxVersion: 'TLSv1.2' }, port);
    // RFC 5246 §7.4.4: certificate types, then the algorithms with their length. 0401 PKCS#1 SHA-256, 0503 and 0403 ECDSA.
    const handshake = Buffer.concat(said); // in the open until the ChangeCipherSpec
    expect(handshake.includes(Buffer.from('0006040105030403', 'hex'))).toBe(true);
    for (const { kind, subject } of desk.app.trust.anchors)
      expect(handshake.includes(subject)).toBe(kind === 'auth');
    socket.destroy();
    relay.close();
  });

  it('is done in full each time: who offers the session of a card holder is nobody', async () => {
    const holder = connectTls({
      ...(await keyPair(desk.hanako)),
      ...{ host: '127.0.0.1', port: host.port, ca: desk.authority, maxVersion: 'TLSv1.2' },
    });
    await once(holder, 'secureConnect');
    holder.write(`GET ${await setOut(desk)} HTTP/1.1\r\nHost: card\r\n\r\n`);
    const [first] = (await once(holder, 'data')) as [Buffer];
    expect(first.toString()).toMatch(/^HTTP\/1.1 303 /);
    const session = holder.getSession();
    expect(holder.getTLSTicket()).toBeUndefined();
    holder.destroy();
    if (!session) throw new Error('no session to offer');

    const thief = await shakeHands({ session, maxVersion: 'TLSv1.2' });
    expect(thief.isSessionReused()).toBe(false);
    thief.destroy();
    const answer = await visit(desk, host.port, await setOut(desk), {
      request: { session },
      tls: { maxVersion: 'TLSv1.2' },
    });
    await expectRefusal(comeBack(desk, ticketOf(answer)), 'certificate_missing');
  });

  it('ends without a word for a certificate that says something twice: the request waits for its owner', async () => {
    const usage = new Extension('2.5.29.15', true, new Uint8Array([0x03, 0x02, 0x07, 0x80]));
    const { card, keys } = desk.pki;
    const twice = { der: await card({ more: [usage] }), privateKey: keys.privateKey };
    const address = await setOut(desk);
    await expect(visit(desk, host.port, address, { card: twice })).rejects.toThrow(/hang up|alert/);
    expect((await visit(desk, host.port, address, { card: desk.hanako })).status).toBe(303);
  });

  it('is not begun again on a connection', async () => {
    const socket = await shakeHands({ maxVersion: 'TLSv1.2' });
    const refused = once(socket, 'error');
    socket.renegotiate({}, () => undefined);
    expect((await refused)[0]).toBeInstanceOf(Error);
    socket.destroy();
  });
});

describe('who only takes up room', () => {
  const GET = 'GET /?request=0 HTTP/1.1\r\n';

  it('is sent away: before the handshake, before the request, and with a request that never ends', async () => {
    const strict = await openHost(desk, { timeoutMs: 300 });
    const silent = connectTcp(strict.port, '127.0.0.1');
    const [idle, slow, endless] = await Promise.all([1, 2, 3].map(() => shakeHands({}, strict.port)));
    slow!.write(GET);
    endless!.write('POST / HTTP/1.1\r\nContent-Length: 1000000\r\n\r\n');
    const drip = setInterval(() => slow!.write('x'), 50);
    const sockets = [silent, idle!, slow!, endless!];
    await Promise.all(
      sockets.map(async (socket) => {
        socket.on('error', () => undefined);
        socket.resume();
        await once(socket, 'close');
      }),
    );
    clearInterval(drip);
    await strict.close();
  });

  it('does not keep the host from closing', async () => {
    const closing = await openHost(desk);
    const silent = connectTcp(closing.port, '127.0.0.1');
    silent.on('error', () => undefined);
    await once(silent, 'connect');
    await shakeHands({}, closing.port);
    await closing.close();
    await expect(shakeHands({}, closing.port)).rejects.toThrow(/ECONNREFUSED/);
  });

  it('finds no room beyond the limit', async () => {
    const small = await openHost(desk, { maxConnections: 1 });
    const one = await shakeHands({}, small.port);
    await expect(shakeHands({}, small.port)).rejects.toThrow();
    one.destroy();
    await small.close();
  });

  it('two hundred at once are all served', { timeout: 60_000 }, async () => {
    const addresses = await Promise.all(Array.from({ length: 200 }, () => setOut(desk)));
    const answers = await Promise.all(
      addresses.map((address) => visit(desk, host.port, address, { card: desk.hanako })),
    );
    expect(answers.every(({ status }) => status === 303)).toBe(true);
    expect(new Set(answers.map(ticketOf)).size).toBe(200);
  });
});
