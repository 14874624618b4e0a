import { Readable } from 'node:stream';
import { error } from '@sveltejs/kit';
import type { RequestHandler } from './$types';
import { refusalMessage } from '#lib/http/refusals.ts';
import { openMediaFile } from '#lib/server/videos/open-media-file.ts';

/** Playlists and ciphertext, the same for everybody and for ever; keys never. In production a CDN or nginx stands in front. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const file = await openMediaFile(locals.app, params.video, params.file);
  if (!file) error(404, { message: refusalMessage('not_found') });
  return new Response(Readable.toWeb(file.stream) as ReadableStream, {
    headers: {
      'content-type': file.contentType,
      'content-length': String(file.bytes),
      'cache-control': 'public, max-age=31536000, immutable',
    },
  });
};
