import type { RequestHandler } from './$types';
import { requireActorOfScript } from '#lib/http/guards.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import { receiveUpload } from '#lib/server/videos/receive-upload.ts';

const receive: RequestHandler = ({ locals, request }) =>
  orRefusalJson(async () =>
    receiveUpload(locals.app, requireActorOfScript(locals, 'administrator'), request),
  );

export const POST = receive;
export const PATCH = receive;
export const HEAD = receive;
export const DELETE = receive;
