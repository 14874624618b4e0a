import { randomUUID } from 'node:crypto';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { finishUpload } from './finish-upload.ts';
import { startUpload } from './start-upload.ts';

/**
 * Takes a file of this machine the way that an upload goes: the same checks, the same storage, the same job. `path` is an
 * operator's, never a browser's. Answers the video's id. Refused like an upload.
 */
export async function importVideoFile(
  app: App,
  actor: Administrator,
  input: { readonly path: string; readonly title: string },
): Promise<string> {
  const { size } = await stat(input.path);
  const { title, fileName } = await startUpload(app, actor, {
    title: input.title,
    fileName: path.basename(input.path),
    bytes: size,
  });
  const sourceKey = `uploads/${randomUUID()}`;
  await app.storage.writeFile(sourceKey, input.path);
  return finishUpload(app, actor, { title, fileName, sourceKey, bytes: size });
}
