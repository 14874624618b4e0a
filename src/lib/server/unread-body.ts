import type { IncomingMessage, ServerResponse } from 'node:http';

/**
 * Reads on, and throws away, what is left of a request that was answered before its end: a photo refused for its size, a form of a session
 * that is over. Node does so by itself only where nobody has begun to read; SvelteKit has, and stops in the middle, and whatever the
 * browser sends next on that connection is then not heard until the connection times out. Closing it instead can take the answer from a
 * sender who has not come to his end (RFC 9112 §9.6). Bounded by the server's `requestTimeout`.
 */
export function discardUnread(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete) return;
    request.removeAllListeners('data');
    request.resume();
  });
}
