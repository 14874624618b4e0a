import { createHash } from 'node:crypto';
import { imageSize } from 'image-size';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { forgetSeal, keepSeal, storePicture } from '../pictures/store-picture.ts';
import { lockPortrait, updatePortraitKey } from './register.queries.ts';

export interface Portrait {
  readonly licenceNumber: string;
  readonly bytes: Uint8Array;
}

const EXTENSIONS: Readonly<Record<string, string>> = { png: 'png', jpg: 'jpg' };

/** The extension for a picture that can be compared with a face. Refused: `photo_too_large`, `photo_not_an_image`, `photo_too_small`. */
function inspectPicture(bytes: Uint8Array): string {
  if (bytes.length > LIMITS.photoMaxBytes) throw new Refusal('photo_too_large');
  let size: ReturnType<typeof imageSize>;
  try {
    size = imageSize(bytes);
  } catch {
    throw new Refusal('photo_not_an_image');
  }
  const extension = EXTENSIONS[size.type ?? ''];
  const longer = Math.max(size.width, size.height);
  if (extension === undefined || longer > LIMITS.photoMaxSidePx) throw new Refusal('photo_not_an_image');
  if (Math.min(size.width, size.height) < LIMITS.photoMinSidePx) throw new Refusal('photo_too_small');
  return extension;
}

/**
 * Keeps the licence photo of a driver in the register (PNG or JPEG), in place of an earlier one; a counter officer sees it beside
 * the photos of the lecture. Refused as `not_found` when the register has no such driver.
 */
export async function importPortrait(
  app: App,
  actor: Administrator | 'system',
  { licenceNumber, bytes }: Portrait,
): Promise<{ driverId: string; portraitKey: string }> {
  const extension = inspectPicture(bytes);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const imported = await app.db.transaction().execute(async (trx) => {
    const driver = await lockPortrait(trx, licenceNumber);
    if (!driver) throw new Refusal('not_found');
    const name = `portraits/${driver.id}/${sha256.slice(0, 32)}.${extension}`;
    const portraitKey = `${name}.sealed`;
    if (portraitKey !== driver.portraitKey) {
      const owner = { kind: 'portrait', id: driver.id } as const;
      if (driver.portraitKey !== null) await forgetSeal(trx, driver.portraitKey);
      await keepSeal(trx, await storePicture(app, owner, name, Buffer.from(bytes)));
      await updatePortraitKey(trx, driver.id, portraitKey);
      await appendAudit(trx, actor, {
        what: 'register.portraitImported',
        subject: { kind: 'driver', id: driver.id },
      });
    }
    return { driverId: driver.id, portraitKey, formerKey: driver.portraitKey };
  });
  const { formerKey, ...result } = imported;
  if (formerKey !== null && formerKey !== result.portraitKey) await app.storage.remove(formerKey);
  return result;
}
