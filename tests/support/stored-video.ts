import { createDecipheriv } from 'node:crypto';
import type { App } from '#lib/server/app.ts';
import { mediaPrefixOf } from '#lib/server/videos/open-media-file.ts';
import { unwrapSecret, wrappingKeysOf } from '#lib/server/media/video-secret.ts';

export interface StoredSegment {
  readonly file: string;
  readonly keyUri: string;
  readonly iv: Buffer;
  readonly seconds: number;
}

/** Reads a packaged video as a player would: out of storage, by its playlists; throws when something does not parse. */
export async function readStoredVideo(app: App, videoId: string) {
  const prefix = await mediaPrefixOf(app, videoId);
  if (prefix === undefined) throw new Error('this video is not ready');
  return readPackage(app, prefix);
}

/** The same for what stands under this prefix, whoever knows of it. */
export async function readPackage(app: App, prefix: string) {
  const text = async (file: string) => (await app.storage.read(`${prefix}/${file}`)).toString();
  const master = await text('master.m3u8');
  const variants = [...master.matchAll(/^#EXT-X-STREAM-INF:(.*)\n(\d+)\/index\.m3u8$/gm)].map(
    ([, attributes, side]) => ({
      attributes: attributes ?? '',
      side: Number(side),
    }),
  );
  const rungs = await Promise.all(
    variants.map(async ({ attributes, side }) => {
      const playlist = await text(`${side}/index.m3u8`);
      const entry =
        /^#EXT-X-KEY:METHOD=AES-128,URI="([^"]+)",IV=0x([0-9a-f]{32})\n#EXTINF:([\d.]+),\n(\S+)$/gm;
      const segments = [...playlist.matchAll(entry)].map(
        ([, keyUri = '', iv = '', seconds, file = '']): StoredSegment => ({
          keyUri,
          file: `${prefix}/${side}/${file}`,
          iv: Buffer.from(iv, 'hex'),
          seconds: Number(seconds),
        }),
      );
      return {
        side,
        attributes,
        playlist,
        segments,
        init: await app.storage.read(`${prefix}/${side}/init.mp4`),
      };
    }),
  );
  return { master, rungs };
}

/** The master secret of a video, as the server has it. */
export async function masterSecretOf(app: App, videoId: string): Promise<Buffer> {
  const { wrappedSecret, wrappingKeyId } = await app.db
    .selectFrom('video')
    .where('id', '=', videoId)
    .select(['wrappedSecret', 'wrappingKeyId'])
    .executeTakeFirstOrThrow();
  if (!wrappedSecret || wrappingKeyId === null) throw new Error('this video has no secret');
  return unwrapSecret(wrappingKeysOf(app.config), wrappedSecret, wrappingKeyId);
}

/** A segment in clear. Throws when the key is not the one. */
export async function decryptSegment(app: App, segment: StoredSegment, key: Buffer): Promise<Buffer> {
  const decipher = createDecipheriv('aes-128-cbc', key, segment.iv);
  return Buffer.concat([decipher.update(await app.storage.read(segment.file)), decipher.final()]);
}
