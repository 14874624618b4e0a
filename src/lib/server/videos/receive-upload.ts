import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { Server, type Upload } from '@tus/server';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { sourceKeyOf } from '../storage/upload-store.ts';
import { finishUpload } from './finish-upload.ts';
import { startUpload } from './start-upload.ts';
import { deleteUpload, insertUpload, markUploadTouched } from './upload.queries.ts';
import { removeParts, uploadPlaceOf } from './upload-place.ts';

const UPLOAD_PATH = '/uploads';
const UPLOAD_ID = /^[0-9a-f]{32}$/;
const UPLOAD_ID_BYTES = 16;
const NO_CONTENT = 204;

/** A datastore may know an upload by a longer name. */
const uploadIdOf = (name: string) => path.posix.basename(name);

const isComplete = (upload: Upload) => upload.size !== undefined && upload.offset === upload.size;

async function finish(app: App, actor: Administrator, upload: Upload): Promise<void> {
  const uploadId = uploadIdOf(upload.id);
  const sourceKey = sourceKeyOf(uploadId);
  // A bucket tells no finished upload from one that was taken back, but for the file.
  const stored = await app.storage.find(sourceKey);
  if (!stored || stored.bytes !== upload.size) throw new Refusal('not_found');
  await finishUpload(app, actor, {
    title: upload.metadata?.title ?? '',
    fileName: upload.metadata?.filename ?? '',
    sourceKey,
    uploadId,
    bytes: stored.bytes,
  });
}

/** The row goes with the parts, and the audit trail says so. */
async function forget(app: App, actor: Administrator, uploadId: string): Promise<void> {
  const isForgotten = await app.db.transaction().execute(async (trx) => {
    if (!(await deleteUpload(trx, uploadId))) return false;
    await appendAudit(trx, actor, { what: 'upload.discarded', subject: { kind: 'upload', id: uploadId } });
    return true;
  });
  if (isForgotten) await removeParts(app, uploadId);
}

/**
 * One request of a resumable upload (tus 1.0, https://tus.io/protocols/resumable-upload): announcing a file, sending a part,
 * asking how much has arrived, taking it back. The last byte makes the video. Refused like startUpload, and as `not_found`
 * when the upload is somebody else's; a part at the wrong place is answered as the protocol says.
 */
export async function receiveUpload(app: App, actor: Administrator, request: Request): Promise<Response> {
  let thrown: Error | undefined;
  const { datastore, nameOf, locks } = uploadPlaceOf(app);
  const server = new Server({
    path: UPLOAD_PATH,
    datastore,
    locker: { newLock: (name) => locks.newLock(uploadIdOf(name)) },
    namingFunction: () => nameOf(randomBytes(UPLOAD_ID_BYTES).toString('hex')),
    generateUrl: (_, { id }) => `${UPLOAD_PATH}/${uploadIdOf(id)}`,
    getFileIdFromRequest: (_, name = '') => (UPLOAD_ID.test(name) ? nameOf(name) : undefined),
    allowedOrigins: [app.config.origin],
    disableTerminationForFinishedUploads: true,
    async onUploadCreate(_, upload) {
      const { title, fileName, fileModifiedMs, owner } = await startUpload(app, actor, {
        title: upload.metadata?.title,
        fileName: upload.metadata?.filename,
        fileModifiedMs: upload.metadata?.modified,
        bytes: upload.size,
      });
      const now = app.clock.now();
      // Before its first byte: nothing is kept of which nobody knows.
      await insertUpload(app.db, {
        id: uploadIdOf(upload.id),
        officerId: actor.officerId,
        title,
        fileName,
        fileModifiedMs,
        bytes: upload.size ?? 0,
        begunAt: now,
        touchedAt: now,
      });
      return { metadata: { title, filename: fileName, owner } };
    },
    async onIncomingRequest({ method }, name) {
      if (method === 'POST') return;
      const upload = await datastore.getUpload(name);
      if (upload.metadata?.owner !== actor.officerId) throw new Refusal('not_found');
      await markUploadTouched(app.db, uploadIdOf(name), app.clock.now());
      // All had arrived, but the process died before the video was made of it: the browser asks again, and here it is made.
      if (method === 'HEAD' && isComplete(upload)) await finish(app, actor, upload);
    },
    async onUploadFinish(_, upload) {
      await finish(app, actor, upload);
      return {};
    },
    onResponseError(_, error) {
      if (!('status_code' in error)) thrown = error; // what the protocol foresees has its status
      return undefined;
    },
  });
  const response = await server.handleWeb(request);
  if (thrown) throw thrown;
  if (request.method === 'DELETE' && response.status === NO_CONTENT) {
    await forget(app, actor, uploadIdOf(new URL(request.url).pathname));
  }
  return response;
}
