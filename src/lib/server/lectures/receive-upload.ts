import { randomBytes } from 'node:crypto';
import path from 'node:path';
import { MemoryLocker, Server, type Upload } from '@tus/server';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { openUploadStore, sourceKeyOf, type UploadStore } from '../storage/upload-store.ts';
import { finishUpload } from './finish-upload.ts';
import { startUpload } from './start-upload.ts';

const UPLOAD_PATH = '/uploads';
const UPLOAD_ID = /^[0-9a-f]{32}$/;
const UPLOAD_ID_BYTES = 16;

// Locks of uploads live in the process: two requests that write the same file must see each other's.
const places = new WeakMap<App, UploadStore & { readonly locker: MemoryLocker }>();

function placeOf(app: App) {
  const place = places.get(app) ?? { ...openUploadStore(app.config), locker: new MemoryLocker() };
  places.set(app, place);
  return place;
}

const isComplete = (upload: Upload) => upload.size !== undefined && upload.offset === upload.size;

function finish(app: App, actor: Administrator, upload: Upload): Promise<string> {
  return finishUpload(app, actor, {
    title: upload.metadata?.title ?? '',
    fileName: upload.metadata?.filename ?? '',
    sourceKey: sourceKeyOf(path.basename(upload.id)),
    bytes: upload.size ?? 0,
  });
}

/**
 * One request of a resumable upload (tus 1.0, https://tus.io/protocols/resumable-upload): announcing a file, sending a part,
 * asking how much has arrived, taking it back. The last byte makes the video. Refused like startUpload, and as `not_found`
 * when the upload is somebody else's; a part at the wrong place is answered as the protocol says.
 */
export async function receiveUpload(app: App, actor: Administrator, request: Request): Promise<Response> {
  let thrown: Error | undefined;
  const { datastore, nameOf, locker } = placeOf(app);
  const server = new Server({
    path: UPLOAD_PATH,
    datastore,
    locker,
    namingFunction: () => nameOf(randomBytes(UPLOAD_ID_BYTES).toString('hex')),
    generateUrl: (_, { id }) => `${UPLOAD_PATH}/${path.basename(id)}`,
    getFileIdFromRequest: (_, name = '') => (UPLOAD_ID.test(name) ? nameOf(name) : undefined),
    allowedOrigins: [app.config.origin],
    disableTerminationForFinishedUploads: true,
    async onUploadCreate(_, upload) {
      const { title, fileName, owner } = startUpload(actor, {
        title: upload.metadata?.title,
        fileName: upload.metadata?.filename,
        bytes: upload.size,
      });
      return { metadata: { title, filename: fileName, owner } };
    },
    async onIncomingRequest({ method }, uploadId) {
      if (method === 'POST') return;
      const upload = await datastore.getUpload(uploadId);
      if (upload.metadata?.owner !== actor.officerId) throw new Refusal('not_found');
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
  return response;
}
