import { isIPv4, isIPv6 } from 'node:net';

const HEXTETS = 8;
/** What one household or company is given of IPv6 (RFC 6177): whoever has one address there has all of them. */
const NETWORK_HEXTETS = 4;

/** The eight groups of an IPv6 address, with dots and `::` written out. */
function hextetsOf(address: string): string[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(address);
  const hex = (high?: string, low?: string) => (Number(high) * 256 + Number(low)).toString(16);
  const text = dotted ? `${dotted[1]}${hex(dotted[2], dotted[3])}:${hex(dotted[4], dotted[5])}` : address;
  const [head = '', tail] = text.split('::');
  const groups = (part: string | undefined) => (part ? part.split(':') : []);
  const missing = tail === undefined ? 0 : HEXTETS - groups(head).length - groups(tail).length;
  const all = [...groups(head), ...Array<string>(missing).fill('0'), ...groups(tail)];
  return all.map((group) => Number.parseInt(group, 16).toString(16));
}

/**
 * The network that is counted for a client's address: the address itself for IPv4, also when it is written as IPv6 (RFC 4291 §2.5.5.2), and
 * the first 64 bits for IPv6. What is no address is one network of its own.
 */
export function networkOf(address: string): string {
  const [bare = ''] = address.trim().split('%');
  if (isIPv4(bare)) return bare;
  if (!isIPv6(bare)) return 'unknown';
  const hextets = hextetsOf(bare);
  const isMapped = hextets.slice(0, 6).join(':') === '0:0:0:0:0:ffff';
  if (!isMapped) return `${hextets.slice(0, NETWORK_HEXTETS).join(':')}::/64`;
  const bytes = hextets.slice(6).flatMap((group) => {
    const value = Number.parseInt(group, 16);
    return [value >> 8, value & 255];
  });
  return bytes.join('.');
}
