import { Refusal } from '#lib/domain/refusal.ts';
import { orRefusalJson } from '#lib/http/refusals.ts';
import { GetNativeKey, getNativeKey } from '#lib/server/attendance/get-native-key.ts';
import { GetNativePlaylist, getNativePlaylist } from '#lib/server/attendance/get-native-playlist.ts';
import type { RequestHandler } from './$types.ts';

const KEY = /^key\/(?<index>\d{1,5})$/;
const PLAYLIST = /^(?:(?<side>\d{1,4})\/index|master)\.m3u8$/;

const answer = (body: BodyInit, contentType: string) =>
  new Response(body, { headers: { 'content-type': contentType, 'cache-control': 'private, no-store' } });

/**
 * `master.m3u8`, `<side>/index.m3u8` and `key/<n>` of one viewing, for browsers without Media Source Extensions
 * (docs/decisions/0008-players-without-mse.md). Segments come from where everybody's do.
 */
export const GET: RequestHandler = ({ locals: { app, actor }, params }) =>
  orRefusalJson(async () => {
    if (!actor) throw new Refusal('not_signed_in');
    if (actor.kind !== 'learner') throw new Refusal('not_allowed');
    const { viewing: viewingId, file } = params;
    const key = KEY.exec(file);
    if (key) {
      const wanted = GetNativeKey.safeParse({ viewingId, ...key.groups });
      if (!wanted.success) throw new Refusal('not_found');
      const bytes = await getNativeKey(app, actor, wanted.data);
      return answer(new Uint8Array(bytes), 'application/octet-stream');
    }
    const playlist = PLAYLIST.exec(file);
    const wanted = GetNativePlaylist.safeParse({ viewingId, side: playlist?.groups?.side ?? null });
    if (!playlist || !wanted.success) throw new Refusal('not_found');
    return answer(await getNativePlaylist(app, actor, wanted.data), 'application/vnd.apple.mpegurl');
  });
