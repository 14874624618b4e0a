import { LIMITS } from '#lib/domain/limits.ts';

/** The responder could not be asked, or what came back is no answer; `message` says why, in a word. */
export class OcspUnreachable extends Error {
  override readonly name = 'OcspUnreachable';
}

/**
 * Posts a request to a responder and brings its answer, of at most LIMITS.ocspMaxBytes (RFC 6960 appendix A.1). Follows no redirect.
 * Throws OcspUnreachable.
 */
export async function postOcspRequest(url: string, request: Buffer, timeoutMs: number): Promise<Buffer> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: new Uint8Array(request),
      redirect: 'error',
      signal,
    });
    return await readAnswer(response);
  } catch (error) {
    if (error instanceof OcspUnreachable) throw error;
    throw new OcspUnreachable(signal.aborted ? 'too_slow' : 'unreachable', { cause: error });
  }
}

async function readAnswer(response: Response): Promise<Buffer> {
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase();
  const fault =
    response.status !== 200 ? 'http_status' : type !== 'application/ocsp-response' ? 'content_type' : null;
  if (fault !== null || response.body === null) {
    await response.body?.cancel();
    throw new OcspUnreachable(fault ?? 'empty');
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of response.body) {
    length += part.length;
    // Leaving the loop closes the connection: the rest is not even received.
    if (length > LIMITS.ocspMaxBytes) throw new OcspUnreachable('too_long');
    parts.push(part);
  }
  return Buffer.concat(parts);
}
