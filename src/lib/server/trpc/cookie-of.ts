/** The value of one cookie in a Cookie header (RFC 6265bis §4.2.1). Ours are never quoted or encoded. */
export function cookieOf(header: string | undefined, name: string): string | undefined {
  if (header === undefined) return undefined;
  const wanted = `${name}=`;
  let start = 0;
  while (start < header.length) {
    const end = header.indexOf(';', start);
    const stop = end < 0 ? header.length : end;
    if (header.startsWith(wanted, start)) return header.slice(start + wanted.length, stop);
    start = stop + 1;
    while (header[start] === ' ') start += 1;
  }
  return undefined;
}
