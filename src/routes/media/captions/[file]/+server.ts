import { Refusal } from '#lib/domain/refusal.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import { getCaptions, GetCaptions } from '#lib/server/lectures/get-captions.ts';
import type { RequestHandler } from './$types.ts';

const FILE = /^(?<chapterId>[0-9a-f-]{36})\.(?<language>[a-z]{2,3})(?:\.(?<kind>descriptions))?\.vtt$/;

/** `<chapter>.<language>.vtt` and `<chapter>.<language>.descriptions.vtt`, for learners and administrators. */
export const GET: RequestHandler = ({ locals, params }) =>
  orRefusalJson(async () => {
    const { actor } = locals;
    if (!actor) throw new Refusal('not_signed_in');
    if (actor.kind === 'counterOfficer') throw new Refusal('not_allowed');
    const wanted = GetCaptions.safeParse(FILE.exec(params.file)?.groups);
    if (!wanted.success) throw new Refusal('not_found');
    const { text, isFinal } = await getCaptions(locals.app, actor, wanted.data);
    return new Response(text, {
      headers: {
        'content-type': 'text/vtt; charset=utf-8',
        'cache-control': isFinal ? 'private, max-age=86400, immutable' : 'private, no-store',
      },
    });
  });
