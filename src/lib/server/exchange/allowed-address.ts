import { BlockList, isIP } from 'node:net';

/** An address with the length of its prefix. */
export interface Network {
  readonly address: string;
  readonly prefix: number;
}

const IPV4_BITS = 32;
const IPV6_BITS = 128;

/** `10.1.0.0/16 fd00::/8`; null when a part is no network. */
export function parseNetworks(text: string): readonly Network[] | null {
  const networks = text
    .split(/\s+/)
    .filter((part) => part !== '')
    .map((part) => {
      const [, address = '', digits] = /^([0-9a-fA-F.:]+)\/(\d{1,3})$/.exec(part) ?? [];
      const prefix = Number(digits);
      const family = isIP(address);
      const isRight = family !== 0 && prefix <= (family === 4 ? IPV4_BITS : IPV6_BITS);
      return isRight ? { address, prefix } : null;
    });
  return networks.includes(null) ? null : networks.filter((network) => network !== null);
}

const listOf = (networks: readonly Network[]): BlockList => {
  const list = new BlockList();
  for (const { address, prefix } of networks)
    list.addSubnet(address, prefix, isIP(address) === 4 ? 'ipv4' : 'ipv6');
  return list;
};
const contains = (list: BlockList, address: string) =>
  list.check(address, isIP(address) === 4 ? 'ipv4' : 'ipv6');

// IANA's special-purpose registries (RFC 6890): what is not a host on the internet, and what leads to IPv4 by another way.
const SPECIAL = listOf(
  parseNetworks(
    '0.0.0.0/8 10.0.0.0/8 100.64.0.0/10 127.0.0.0/8 169.254.0.0/16 172.16.0.0/12 192.0.0.0/24 192.0.2.0/24 192.88.99.0/24 192.168.0.0/16 ' +
      '198.18.0.0/15 198.51.100.0/24 203.0.113.0/24 224.0.0.0/3 ' +
      '::/127 64:ff9b::/96 64:ff9b:1::/48 100::/64 2001::/23 2001:db8::/32 2002::/16 fc00::/7 fe80::/10 ff00::/8',
  ) ?? [],
);
const LOOPBACK = listOf([
  { address: '127.0.0.0', prefix: 8 },
  { address: '::1', prefix: 128 },
]);

/**
 * Whether we may open a connection to this address because a partner named it: any on the internet, those of `allowed` networks, and in a
 * demo or a test this machine itself. Nobody learns by our hand what stands behind our walls.
 */
export function isAllowedAddress(
  address: string,
  {
    allowed,
    isLoopbackAllowed,
  }: { readonly allowed: readonly Network[]; readonly isLoopbackAllowed: boolean },
): boolean {
  if (isIP(address) === 0) return false;
  if (contains(listOf(allowed), address)) return true;
  if (isLoopbackAllowed && contains(LOOPBACK, address)) return true;
  return !contains(SPECIAL, address);
}
