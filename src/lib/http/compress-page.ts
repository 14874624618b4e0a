/** Whether an `Accept-Encoding` (RFC 9110 §12.5.3) takes gzip; a weight of 0 refuses it. */
const takesGzip = (accepted: string): boolean =>
  /(?:^|,)\s*gzip\s*(?:;\s*q=(?!0(?:\.0*)?\s*(?:,|$))[\d.]+\s*)?(?:,|$)/i.test(accepted);

/**
 * A page (HTML) packed for browsers that take it; scripts, styles and fonts were packed by the build. No page tells a secret beside words that
 * another site could put into it, so its length gives nothing away (BREACH): addresses are repeated without their query, and no other site's
 * request brings the session along.
 */
export function compressPage(request: Request, response: Response): Response {
  const isPage = response.headers.get('content-type')?.startsWith('text/html') ?? false;
  if (!isPage || response.body === null || response.headers.has('content-encoding')) return response;
  response.headers.append('vary', 'accept-encoding');
  if (request.method === 'HEAD' || !takesGzip(request.headers.get('accept-encoding') ?? '')) return response;
  const headers = new Headers(response.headers);
  headers.set('content-encoding', 'gzip');
  headers.delete('content-length');
  const etag = headers.get('etag');
  // The same page in other bytes (RFC 9110 §8.8.1).
  if (etag?.startsWith('"')) headers.set('etag', `W/${etag}`);
  const { status, statusText } = response;
  return new Response(response.body.pipeThrough(new CompressionStream('gzip')), {
    status,
    statusText,
    headers,
  });
}
