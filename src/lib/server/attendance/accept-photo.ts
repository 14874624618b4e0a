import { createHash, randomUUID } from 'node:crypto';
import { imageSize } from 'image-size';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Learner } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { addDays } from '#lib/domain/renewal/calendar.ts';
import type { App } from '../app.ts';
import { getPhotoRetentionDays, insertFacePhoto, markPhotoAccepted } from './gates.queries.ts';
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

/** Until when the photo of an attendance is kept. */
export async function getPhotoDeletionDate(app: App, learner: Learner): Promise<string> {
  const { periodEnd, commissionCode } = await getRunningAttendance(app, app.db, learner);
  return addDays(periodEnd, await getPhotoRetentionDays(app.db, commissionCode));
}

/** Takes the face photo of a chapter: a JPEG. Refused out of turn; the photo is only kept when it was its turn. */
export async function acceptPhoto(
  app: App,
  learner: Learner,
  chapterId: string,
  bytes: Buffer,
): Promise<void> {
  const size = measurePhoto(bytes);
  const storageKey = `photos/${randomUUID()}.jpg`;
  await app.storage.write(storageKey, bytes);
  try {
    await app.db.transaction().execute(async (trx) => {
      const { attendance, now } = await lockStep(app, trx, learner, { kind: 'photo', chapterId });
      const ids = { attendanceId: attendance.id, chapterId };
      const retentionDays = await getPhotoRetentionDays(trx, attendance.commissionCode);
      await insertFacePhoto(trx, {
        ...ids,
        ...size,
        takenAt: now,
        storageKey,
        sha256: createHash('sha256').update(bytes).digest(),
        bytes: bytes.length,
        deleteAfter: addDays(attendance.periodEnd, retentionDays),
      });
      await markPhotoAccepted(trx, attendance.id, chapterId, now);
      await appendLeaseEvents(trx, [{ ...ids, viewingId: null, at: now, kind: 'photo', reason: 'accepted' }]);
    });
  } catch (thrown) {
    await app.storage.remove(storageKey);
    throw thrown;
  }
}
