import { describe, expect, it } from 'vitest';
import { isAllowedAddress, parseNetworks } from './allowed-address.ts';

const production = { allowed: [], isLoopbackAllowed: false };

describe('an address that a partner names', () => {
  it.each(['198.41.0.4', '8.8.8.8', '2606:4700::1'])('on the internet is spoken to: %s', (address) =>
    expect(isAllowedAddress(address, production)).toBe(true),
  );

  it.each([
    ...['127.0.0.1', '10.0.0.1', '172.16.9.9', '192.168.1.1', '169.254.169.254', '100.64.0.1', '0.0.0.0'],
    ...[
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:10.0.0.1',
      '::ffff:7f00:1',
      '64:ff9b::a00:1',
      '2002:a00:1::',
    ],
    ...['255.255.255.255', '224.0.0.1', 'localhost', ''],
  ])('behind our walls is not: %s', (address) => expect(isAllowedAddress(address, production)).toBe(false));

  it('in a network that the operator allows is', () => {
    const allowed = parseNetworks('10.1.0.0/16  fd00::/8') ?? [];
    expect(isAllowedAddress('10.1.2.3', { allowed, isLoopbackAllowed: false })).toBe(true);
    expect(isAllowedAddress('fd12::1', { allowed, isLoopbackAllowed: false })).toBe(true);
    expect(isAllowedAddress('10.2.0.1', { allowed, isLoopbackAllowed: false })).toBe(false);
  });

  it('of this machine is only outside production', () => {
    expect(isAllowedAddress('127.0.0.1', { allowed: [], isLoopbackAllowed: true })).toBe(true);
    expect(isAllowedAddress('10.0.0.1', { allowed: [], isLoopbackAllowed: true })).toBe(false);
  });
});

it.each(['10.0.0.0', '10.0.0.0/33', 'x/8', '10.0.0.0/8,11.0.0.0/8'])('%s is no list of networks', (text) =>
  expect(parseNetworks(text)).toBeNull(),
);
