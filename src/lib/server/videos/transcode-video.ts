import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { findLengthFault, isCutOff } from '#lib/domain/videos/inspection.ts';
import { ladderFor } from '#lib/domain/videos/ladder.ts';
import type { VideoState } from '#lib/domain/videos/video-states.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { DB, Transaction } from '../db/database.ts';
import type { Attempt } from '../jobs/tasks.ts';
import { inspectSource, type InspectedSource } from '../media/inspect-source.ts';
import { packageVideo } from '../media/package-video.ts';
import { transcode } from '../media/transcode.ts';
import { makeSecret, wrapSecret } from '../media/video-secret.ts';
import { holdVideo, Overtaken, type HeldVideo } from './hold-video.ts';
import { mediaFolder } from './open-media-file.ts';
import { recordInspection, recordPictureWatch } from './record-inspection.ts';
import {
  findVideoState,
  markVideoReady,
  markVideoUnusable,
  moveVideo,
  takeUpVideo,
  type PackagedMedia,
  type Taken,
} from './video-work.queries.ts';

interface Work {
  readonly video: Taken & { readonly sourceKey: string; readonly sourceBytes: number };
  readonly masterSecret: Buffer;
  /** Where this try and no other puts files: on this machine, and in storage. */
  readonly folder: string;
  readonly prefix: string;
  readonly held: HeldVideo;
}

const TRY_BYTES = 8;

async function move(app: App, { video }: Work, to: VideoState, percent: number): Promise<void> {
  if (!(await moveVideo(app.db, video, to, percent))) throw new Overtaken();
}

async function inspect(app: App, { video, held }: Work, file: string): Promise<InspectedSource> {
  const { size } = await stat(file);
  if (size === 0) throw new Refusal('upload_empty');
  if (size !== video.sourceBytes) throw new Refusal('upload_incomplete');
  const inspected = await inspectSource(
    app.config,
    file,
    (source) => recordInspection(app, video, { source }),
    held.signal,
  );
  await recordInspection(app, video, inspected);
  return inspected;
}

/** From the uploaded file to everything that learners fetch. Nothing of it counts before the video is marked ready. */
async function make(app: App, work: Work): Promise<PackagedMedia> {
  const { video, masterSecret, prefix, folder, held } = work;
  const file = await app.storage.fetchTo(video.sourceKey, folder, held.signal);
  const inspected = await inspect(app, work, file);
  const { source, loudness } = inspected;
  const rungs = ladderFor(source.picture);

  await move(app, work, 'transcoding', 0);
  await app.storage.removeAll(mediaFolder(video.id)); // what a try that was killed has left
  const packaging = packageVideo(
    { videoId: video.id, masterSecret, storage: app.storage, prefix },
    { rungs, frameRate: source.picture.frameRate },
  );
  await transcode(app.config, {
    ...{ file, source, loudness, rungs, folder },
    signal: held.signal,
    readers: packaging.readers,
    onProgress: (done) => held.report(done),
  });

  await move(app, work, 'packaging', 100);
  const made = await packaging.finish();
  if (isCutOff(source, made.durationMs)) throw new Refusal('video_damaged');
  const fault = source.durationMs === null ? findLengthFault(made.durationMs) : null;
  if (fault) throw new Refusal(fault);
  await recordPictureWatch(app, video, inspected, { folder, durationMs: made.durationMs });
  return { ...made, mediaPrefix: prefix };
}

interface Outcome {
  readonly what: `video.${'ready' | 'refused' | 'failed'}`;
  readonly detail?: Readonly<Record<string, string | number>>;
  /** False when the video is another worker's by now. */
  readonly mark: (trx: Transaction<DB>) => Promise<boolean>;
}

async function conclude(app: App, video: Taken, { what, detail = {}, mark }: Outcome): Promise<void> {
  await app.db.transaction().execute(async (trx) => {
    if (!(await mark(trx))) throw new Overtaken();
    await appendAudit(trx, 'system', { what, subject: { kind: 'video', id: video.id }, detail });
  });
}

function endWithout(app: App, video: Taken, end: Parameters<typeof markVideoUnusable>[2]): Promise<void> {
  const detail = { code: end.code };
  return conclude(app, video, {
    what: `video.${end.state}`,
    detail,
    mark: (trx) => markVideoUnusable(trx, video, end),
  });
}

/** A refusal is an outcome and ends the job; anything else is thrown on, so that the job is tried again. */
async function giveUp(app: App, work: Work, thrown: unknown, attempt: Attempt): Promise<void> {
  const { video } = work;
  if (thrown instanceof Overtaken) {
    // Stopped by somebody, it is done; when another worker has it, this try must not end the other's job.
    if ((await findVideoState(app.db, video.id)) !== 'cancelled') throw thrown;
  } else if (thrown instanceof Refusal) {
    await endWithout(app, video, { state: 'refused', code: thrown.code });
  } else if (attempt.isLast) {
    await endWithout(app, video, { state: 'failed', code: 'transcoding_failed' });
    throw thrown;
  } else {
    await move(app, work, 'waiting', 0);
    throw thrown;
  }
}

/** An ffmpeg whose worker was killed may still write while its folder is taken away; it ends when it cannot. */
const REMOVED = { recursive: true, force: true, maxRetries: 20, retryDelay: 50 } as const;

/** A folder that no other try has; what a killed one left of this video is taken away. */
async function makeWorkingFolder(app: App, videoId: string): Promise<string> {
  const root = path.join(app.config.dataDir, 'work');
  await mkdir(root, { recursive: true });
  for (const name of await readdir(root)) {
    if (name.startsWith(videoId)) await rm(path.join(root, name), REMOVED);
  }
  const folder = path.join(root, `${videoId}.${randomUUID()}`);
  await mkdir(folder);
  return folder;
}

/**
 * The worker's job: inspects an uploaded video, transcodes, encrypts and packages it, and marks it ready; or refused, with
 * the code of what is wrong with the file. May be repeated at any time: it begins from the uploaded file, which is kept,
 * and a video that is ready, refused, failed or cancelled is left alone. A fault is thrown, to be tried again.
 */
export async function transcodeVideo(
  app: App,
  input: { readonly videoId: string },
  attempt: Attempt,
): Promise<void> {
  const masterSecret = makeSecret();
  const video = await takeUpVideo(app.db, input.videoId, wrapSecret(app.config.wrappingKey, masterSecret));
  if (!video) return;
  const held = holdVideo(app, video, attempt.signal);
  const folder = await makeWorkingFolder(app, video.id);
  const prefix = `${mediaFolder(video.id)}/${randomBytes(TRY_BYTES).toString('hex')}`;
  const work: Work = { video, masterSecret, folder, prefix, held };
  let isReady = false;
  try {
    const media = await make(app, work);
    const readyAt = app.clock.now();
    const detail = { durationMs: media.durationMs };
    await conclude(app, video, {
      what: 'video.ready',
      detail,
      mark: (trx) => markVideoReady(trx, video, media, readyAt),
    });
    isReady = true;
  } catch (thrown) {
    await held.release();
    await giveUp(app, work, held.signal.reason instanceof Overtaken ? held.signal.reason : thrown, attempt);
  } finally {
    await held.release();
    await rm(folder, REMOVED);
    if (!isReady) await app.storage.removeAll(prefix);
  }
}
