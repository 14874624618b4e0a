import { createHash, randomUUID } from 'node:crypto';
import { imageSize } from 'image-size';
import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { addDays } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import type { Database, DB, Transaction } from '../db/database.ts';
import { keepSeal, storePicture } from '../pictures/store-picture.ts';
import {
  getPhotoRetentionDays,
  insertFacePhoto,
  isPhotoUploadAllowed,
  markPhotoAccepted,
} from './gates.queries.ts';
import { appendLeaseEvents } from './heartbeat.queries.ts';
import { getRunningAttendance, lockStep } from './lock-step.ts';

const JPEG_END = Buffer.from([0xff, 0xd9]);

/** Width and height of a whole JPEG. Refused: too large, not a JPEG or cut off, too small to recognise a face. */
function measurePhoto(bytes: Buffer): { width: number; height: number } {
  if (bytes.length > LIMITS.photoMaxBytes) throw new Refusal('photo_too_large');
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch {
    throw new Refusal('photo_not_an_image');
  }
  const { type, width, height } = size;
  if (type !== 'jpg' || !bytes.subarray(-2).equals(JPEG_END)) throw new Refusal('photo_not_an_image');
  if (Math.max(width, height) > LIMITS.photoMaxSidePx) throw new Refusal('photo_too_large');
  if (Math.min(width, height) < LIMITS.photoMinSidePx) throw new Refusal('photo_too_small');
  return { width, height };
}

/** The day after the period at the earliest: on its last day the licence can still be renewed. */
async function deletionDateOf(
  db: Database | Transaction<DB>,
  { periodEnd, commissionCode }: { readonly periodEnd: string; readonly commissionCode: string },
): Promise<string> {
  return addDays(periodEnd, Math.max(1, await getPhotoRetentionDays(db, commissionCode)));
}

/**
 * What a learner is told before his photo: on which day it is deleted, if it is not before, when the licence is issued; and whether a photo
 * of his device will do.
 */
export async function getPhotoStep(app: App, learner: Learner) {
  const attendance = await getRunningAttendance(app, app.db, learner);
  return {
    deletionDate: await deletionDateOf(app.db, attendance),
    isUploadAllowed: await isPhotoUploadAllowed(app.db, attendance.commissionCode),
  };
}

/** How a photo came, as the learner's browser says: a browser that is not ours can say what it likes, and the counter compares faces. */
export const PhotoSource = z.enum(['camera', 'upload']);

/**
 * Takes the face photo of a chapter: a JPEG. Refused out of turn (the photo is only kept when it was its turn) and, for one that is not the
 * camera's, where the commission does not allow it (`photo_upload_not_allowed`).
 */
export async function acceptPhoto(
  app: App,
  learner: Learner,
  chapterId: string,
  bytes: Buffer,
  source: z.output<typeof PhotoSource> = 'camera',
): Promise<void> {
  const size = measurePhoto(bytes);
  const id = randomUUID();
  const stored = await storePicture(app, { kind: 'facePhoto', id }, `photos/${id}.jpg`, bytes);
  try {
    await app.db.transaction().execute(async (trx) => {
      const { attendance, now } = await lockStep(app, trx, learner, { kind: 'photo', chapterId });
      if (source === 'upload' && !(await isPhotoUploadAllowed(trx, attendance.commissionCode)))
        throw new Refusal('photo_upload_not_allowed');
      const ids = { attendanceId: attendance.id, chapterId };
      await keepSeal(trx, stored);
      await insertFacePhoto(trx, {
        id,
        ...ids,
        ...size,
        source,
        takenAt: now,
        storageKey: stored.storageKey,
        sha256: createHash('sha256').update(bytes).digest(),
        bytes: bytes.length,
        deleteAfter: await deletionDateOf(trx, attendance),
      });
      await markPhotoAccepted(trx, attendance.id, chapterId, now);
      await appendLeaseEvents(trx, [{ ...ids, viewingId: null, at: now, kind: 'photo', reason: 'accepted' }]);
    });
  } catch (thrown) {
    await app.storage.remove(stored.storageKey);
    throw thrown;
  }
}
