/** What our cookies are called. */
export interface CookieNames {
  /** The session's token. */
  readonly session: string;
  /** What ties a challenge to the browser that asked for it. */
  readonly browser: string;
  /** A refusal that the next page tells. */
  readonly refusal: string;
  /** The hand-over that this device has opened: to be signed in by another one. */
  readonly handOver: string;
  /** The hand-over for which this device reads the card. */
  readonly handOverPhone: string;
}

/** With https the __Host- prefix keeps other hosts of the domain from writing our cookies (RFC 6265bis §4.1.3.2); without, browsers refuse it. */
export function cookieNames(origin: string): CookieNames {
  const prefix = origin.startsWith('https:') ? '__Host-' : '';
  return {
    session: `${prefix}koshu-session`,
    browser: `${prefix}koshu-browser`,
    refusal: `${prefix}koshu-refusal`,
    handOver: `${prefix}koshu-hand-over`,
    handOverPhone: `${prefix}koshu-hand-over-phone`,
  };
}
