import type { Picture } from '#lib/server/pictures/open-picture.ts';

/** A person's face: shown on the page that asked, kept nowhere, framed nowhere else. */
export function pictureResponse({ bytes, mediaType }: Picture): Response {
  return new Response(new Uint8Array(bytes), {
    headers: {
      'content-type': mediaType,
      'content-length': String(bytes.length),
      'cache-control': 'private, no-store',
      'cross-origin-resource-policy': 'same-origin',
    },
  });
}
