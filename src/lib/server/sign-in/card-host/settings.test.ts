import { describe, expect, it } from 'vitest';
import { parseConfig } from '../../config.ts';

const WITHOUT = {
  ORIGIN: 'https://koshu.example',
  DATABASE_URL: 'postgres://db.example/koshu',
  DATA_DIR: '/srv/data',
  TRUST_DIR: '/srv/trust',
  CRL_DIR: '/srv/crl',
  WRAPPING_KEY: Buffer.alloc(32).toString('base64'),
  RECORD_SIGNING_KEY_FILE: '/srv/key.pem',
};
const DIRECT = {
  CARD_HOST_ORIGIN: 'https://card.koshu.example',
  CARD_HOST_LISTEN: '0.0.0.0:8443',
  CARD_HOST_CERTIFICATE_FILE: '/srv/card.pem',
  CARD_HOST_KEY_FILE: '/srv/card.key',
};
const PROXY = {
  CARD_HOST_ORIGIN: 'https://card.koshu.example:8443/',
  CARD_HOST_LISTEN: '/run/koshu/card-host.sock',
  CARD_HOST_PROXY_SECRET_FILE: '/srv/secret',
  CARD_HOST_PROXY_HEADER: 'client-cert',
};
const read = (env: Record<string, string | undefined>) => parseConfig({ ...WITHOUT, ...env }).cardHost;

describe('the card host', () => {
  it('is not offered where nothing is said of it', () => {
    expect(read({})).toBeNull();
    const empty = Object.fromEntries(
      [...Object.keys(DIRECT), ...Object.keys(PROXY)].map((name) => [name, '']),
    );
    expect(read(empty)).toBeNull();
  });

  it('speaks TLS itself', () => {
    expect(read(DIRECT)).toEqual({
      origin: 'https://card.koshu.example',
      listenAt: { host: '0.0.0.0', port: 8443 },
      mode: { kind: 'direct', certificateFile: '/srv/card.pem', keyFile: '/srv/card.key' },
    });
  });

  it('or stands behind a proxy', () => {
    expect(read(PROXY)).toEqual({
      origin: 'https://card.koshu.example:8443',
      listenAt: { path: '/run/koshu/card-host.sock' },
      mode: { kind: 'proxy', secretFile: '/srv/secret', header: 'client-cert' },
    });
  });

  it.each(['127.0.0.1:9000', '127.8.8.8:9000', 'localhost:9000', '[::1]:9000'])(
    'listens to a proxy on this machine: %s',
    (listen) => {
      expect(read({ ...PROXY, CARD_HOST_LISTEN: listen })?.listenAt).toMatchObject({ port: 9000 });
    },
  );

  it.each(['0.0.0.0:9000', '10.0.0.5:9000', '[::]:9000', 'proxy.example:9000', '127.0.0.1.example:9000'])(
    'listens to no proxy elsewhere: %s',
    (listen) => {
      expect(() => read({ ...PROXY, CARD_HOST_LISTEN: listen })).toThrow(/loopback address or a socket/);
    },
  );

  it.each([...Object.keys(DIRECT)])('does not start without %s', (name) => {
    expect(() => read({ ...DIRECT, [name]: undefined })).toThrow(new RegExp(`card-host.md(.|\n)*${name}`));
  });

  it.each([...Object.keys(PROXY)])('does not start behind a proxy without %s', (name) => {
    expect(() => read({ ...PROXY, [name]: undefined })).toThrow(new RegExp(`card-host.md(.|\n)*${name}`));
  });

  it.each<[string, Record<string, string>, RegExp]>([
    ['both at once', { ...DIRECT, ...PROXY }, /go without/],
    [
      'the name of the pages',
      { ...DIRECT, CARD_HOST_ORIGIN: 'https://koshu.example:8443' },
      /another host name/,
    ],
    [
      'a path in its origin',
      { ...DIRECT, CARD_HOST_ORIGIN: 'https://card.example/x' },
      /end after host and port/,
    ],
    ['http', { ...DIRECT, CARD_HOST_ORIGIN: 'http://card.example' }, /CARD_HOST_ORIGIN/],
    ['no origin at all', { ...DIRECT, CARD_HOST_ORIGIN: 'card' }, /CARD_HOST_ORIGIN/],
    ['a port that is none', { ...DIRECT, CARD_HOST_LISTEN: '0.0.0.0:99999' }, /host:port/],
    ['no port', { ...DIRECT, CARD_HOST_LISTEN: '0.0.0.0' }, /host:port/],
    ['a socket for browsers', { ...DIRECT, CARD_HOST_LISTEN: '/run/x.sock' }, /browsers come in directly/],
    ['a header of its own', { ...PROXY, CARD_HOST_PROXY_HEADER: 'x-client-cert' }, /CARD_HOST_PROXY_HEADER/],
  ])('does not start with %s', (_, env, message) => {
    expect(() => read(env)).toThrow(message);
  });
});
