import { error } from '@sveltejs/kit';
import { refusalMessage } from '#lib/http/refusals.ts';
import { drawQrCode } from '#lib/server/records/draw-qr-code.ts';
import type { PageServerLoad } from './$types.ts';

/** Pages that somebody may want to open on his own phone. The address alone is shared: no session, no number, no name. */
const PATHS = {
  record: '/record',
  lecture: '/lecture',
  check: '/check',
  device: '/check/device',
  how: '/how',
} as const;
type SharedPage = keyof typeof PATHS;

const isShared = (page: string): page is SharedPage => Object.hasOwn(PATHS, page);

export const load: PageServerLoad = ({ params: { page }, locals }) => {
  if (!isShared(page)) error(404, { message: refusalMessage('not_found') });
  const address = `${locals.app.config.origin}${PATHS[page]}`;
  return { page, path: PATHS[page], address, qrCode: drawQrCode(address) };
};
