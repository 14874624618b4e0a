import { error } from '@sveltejs/kit';
import { refusalMessage } from '#lib/http/refusals.ts';
import { browserToken } from '#lib/http/session-cookie.ts';
import { getFirstLink } from '#lib/server/first-link/get-first-link.ts';
import type { RequestHandler } from './$types.ts';

/** The document of this browser's open first link, byte for byte as it is to be signed. */
export const GET: RequestHandler = async (event) => {
  const link = await getFirstLink(event.locals.app, { browserToken: browserToken(event) });
  if (link?.state !== 'open') error(404, { message: refusalMessage('not_found') });
  return new Response(link.document, {
    headers: {
      'content-type': 'text/plain; charset=utf-8',
      'content-disposition': `attachment; filename="koshu-${link.receiptNumber}.txt"`,
      'cache-control': 'private, no-store',
    },
  });
};
