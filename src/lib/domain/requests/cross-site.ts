/** Methods that change nothing (RFC 9110 §9.2.1). */
const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Whether a request that could change something comes from another site, with or without the person's will: its Origin (RFC 6454 §7) is not
 * ours, or Sec-Fetch-Site (Fetch Metadata §2.3) is anything but same-origin. A header that is not sent is null; what sends neither is no
 * browser of these years and has no person's cookies.
 */
export function isForeign(
  request: { readonly method: string; readonly origin: string | null; readonly site: string | null },
  ownOrigin: string,
): boolean {
  const { method, origin, site } = request;
  if (SAFE_METHODS.has(method)) return false;
  return (origin !== null && origin !== ownOrigin) || (site !== null && site !== 'same-origin');
}
