import type { IncomingMessage, ServerResponse } from 'node:http';
import { Refusal } from '#lib/domain/refusal.ts';

/**
 * The whole body, at most `maxBytes`: what announces more is refused before a byte of it is taken (`import_too_large`), what turns out to be
 * more as soon as it does. Whoever has asked first (Expect: 100-continue) is told to go on only then. Refused as `malformed` when it is cut off.
 */
export async function readBody(
  request: IncomingMessage,
  response: ServerResponse,
  maxBytes: number,
): Promise<Buffer> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) throw new Refusal('import_too_large');
  if (request.headers.expect?.toLowerCase() === '100-continue') response.writeContinue();
  const parts: Buffer[] = [];
  let size = 0;
  try {
    // The connection has to live on: the refusal is answered over it.
    const bytes: AsyncIterable<Buffer> = request.iterator({ destroyOnReturn: false });
    for await (const part of bytes) {
      size += part.length;
      if (size > maxBytes) throw new Refusal('import_too_large');
      parts.push(part);
    }
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal('malformed', { field: 'body' });
  }
  return Buffer.concat(parts, size);
}
