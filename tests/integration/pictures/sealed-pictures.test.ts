import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deleteDuePhotos } from '#lib/server/attendance/delete-due-photos.ts';
import { openPicture } from '#lib/server/pictures/open-picture.ts';
import { sealClearPictures } from '#lib/server/pictures/seal-clear-pictures.ts';
import { openFacePhoto, openPortrait } from '#lib/server/records/open-counter-picture.ts';
import { startS3Server } from '../../support/s3-server.ts';
import { listStored } from '../../support/stored-files.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

const photosOf = (recordNumber: string) =>
  desk.db
    .selectFrom('facePhoto as photo')
    .innerJoin('completionRecord as r', 'r.attendanceId', 'photo.attendanceId')
    .where('r.recordNumber', '=', recordNumber)
    .orderBy('photo.takenAt')
    .select(['photo.id', 'photo.storageKey', 'photo.sha256', 'photo.deleteAfter', 'photo.deletedAt'])
    .execute();
const newPhotos = async () => {
  const recordNumber = await desk.newRecord();
  const [first, second] = await photosOf(recordNumber);
  return { recordNumber, first: first!, second: second! };
};
const look = (recordNumber: string, officer = desk.mori) => desk.check(recordNumber, officer);

/** As it was before pictures were sealed. */
async function layInClear(photo: { id: string; storageKey: string }): Promise<string> {
  const clearKey = `photos/${crypto.randomUUID()}.jpg`;
  await desk.app.storage.write(clearKey, desk.photo);
  await desk.app.storage.remove(photo.storageKey);
  await desk.db.deleteFrom('sealedPicture').where('storageKey', '=', photo.storageKey).execute();
  await desk.db.updateTable('facePhoto').set({ storageKey: clearKey }).where('id', '=', photo.id).execute();
  return clearKey;
}

describe('a picture in storage', () => {
  it('is readable by nobody who only has the files', async () => {
    await newPhotos();
    const { storage } = desk.app;
    const files = [...(await listStored(storage, 'photos')), ...(await listStored(storage, 'portraits'))];
    expect(files.length).toBeGreaterThan(2);
    for (const { key } of files) {
      expect(key).toMatch(/\.sealed$/);
      const bytes = await storage.read(key);
      const traces = [desk.photo.subarray(0, 12), Buffer.from('JFIF'), Buffer.from('IHDR')];
      expect(traces.some((trace) => bytes.includes(trace))).toBe(false);
    }
  });

  it('is refused with a clear fault when a byte of the file was changed', async () => {
    const { recordNumber, first } = await newPhotos();
    await look(recordNumber);
    const file = Buffer.from(await desk.app.storage.read(first.storageKey));
    file[file.length - 1]! ^= 1;
    await desk.app.storage.write(first.storageKey, file);
    await expect(openFacePhoto(desk.app, desk.mori, first.id)).rejects.toThrow(
      `the file of facePhoto ${first.id} is not what was sealed for it`,
    );
  });

  it('does not stand for another photo: neither its file, nor its file and key together', async () => {
    const { recordNumber, first, second } = await newPhotos();
    await look(recordNumber);
    await desk.app.storage.write(second.storageKey, await desk.app.storage.read(first.storageKey));
    const isAnothers = 'is not what was sealed for it';
    await expect(openFacePhoto(desk.app, desk.mori, second.id)).rejects.toThrow(isAnothers);
    await desk.db
      .updateTable('facePhoto')
      .set({ storageKey: first.storageKey })
      .where('id', '=', second.id)
      .execute();
    await expect(openFacePhoto(desk.app, desk.mori, second.id)).rejects.toThrow(isAnothers);
    expect((await openFacePhoto(desk.app, desk.mori, first.id)).bytes).toEqual(desk.photo);
  });
});

describe('a picture that lies in clear from before', () => {
  it('is sealed by the worker, also when a run was cut off half-way, and the clear file goes', async () => {
    const { recordNumber, first, second } = await newPhotos();
    const clearKeys = [await layInClear(first), await layInClear(second)];
    await look(recordNumber);
    expect((await openFacePhoto(desk.app, desk.mori, first.id)).bytes).toEqual(desk.photo);

    const cutOff = {
      ...desk.app,
      storage: { ...desk.app.storage, remove: () => Promise.reject(new Error('cut off')) },
    };
    await expect(sealClearPictures(cutOff)).rejects.toThrow('cut off');
    expect((await openFacePhoto(desk.app, desk.mori, first.id)).bytes).toEqual(desk.photo);

    const runs = await Promise.all([sealClearPictures(desk.app), sealClearPictures(desk.app)]);
    expect(runs.map(({ failed }) => failed)).toEqual([0, 0]);
    expect(await sealClearPictures(desk.app)).toEqual({ sealed: 0, failed: 0 });
    for (const key of clearKeys) expect(await desk.app.storage.find(key)).toBeUndefined();
    for (const photo of await photosOf(recordNumber)) {
      expect(photo.storageKey).toMatch(/\.sealed$/);
      expect((await openFacePhoto(desk.app, desk.mori, photo.id)).bytes).toEqual(desk.photo);
    }
    const files = await listStored(desk.app.storage, 'photos');
    expect(files.filter(({ key }) => !key.endsWith('.sealed'))).toEqual([]);
  });

  it('does not keep the others when its file is lost or another', async () => {
    const { first, second } = await newPhotos();
    await desk.app.storage.write(await layInClear(first), Buffer.from('something else'));
    await layInClear(second);
    expect(await sealClearPictures(desk.app)).toEqual({ sealed: 1, failed: 1 });
    await desk.db
      .updateTable('facePhoto')
      .set({ deletedAt: new Date() })
      .where('id', '=', first.id)
      .execute();
  });
});

describe('the faces of a record', () => {
  it('are shown to the officer who has it open, and to no other', async () => {
    const { recordNumber, first } = await newPhotos();
    const isHidden = { code: 'not_found' };
    await expect(openFacePhoto(desk.app, desk.mori, first.id)).rejects.toMatchObject(isHidden);
    await expect(openPortrait(desk.app, desk.mori, recordNumber)).rejects.toMatchObject(isHidden);
    await look(recordNumber);
    expect((await openFacePhoto(desk.app, desk.mori, first.id)).bytes).toEqual(desk.photo);
    expect((await openPortrait(desk.app, desk.mori, recordNumber)).mediaType).toBe('image/png');
    await expect(openFacePhoto(desk.app, desk.hayashi, first.id)).rejects.toMatchObject(isHidden);
    await expect(openPortrait(desk.app, desk.hayashi, recordNumber)).rejects.toMatchObject(isHidden);
  });

  it('are not shown to who opened it long ago', async () => {
    const { recordNumber, first } = await newPhotos();
    const { id } = await desk.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('id')
      .executeTakeFirstOrThrow();
    await desk.db
      .insertInto('auditEvent')
      .values({
        at: new Date(Date.now() - 16 * 60_000),
        actorKind: 'officer',
        actorId: desk.mori.officerId,
        officeId: desk.mori.officeId,
        what: 'record.checked',
        subjectKind: 'record',
        subjectId: id,
      })
      .execute();
    await expect(openFacePhoto(desk.app, desk.mori, first.id)).rejects.toMatchObject({ code: 'not_found' });
  });
});

describe('the photos of a licence that is issued', () => {
  it('are shown no more, deleted by the next run, and the trail says which and why', async () => {
    const { recordNumber, first, second } = await newPhotos();
    const former = await desk.app.storage.read(first.storageKey);
    const key = await desk.db
      .selectFrom('sealedPicture')
      .where('storageKey', '=', first.storageKey)
      .selectAll()
      .executeTakeFirstOrThrow();
    await look(recordNumber);
    await desk.accept(recordNumber);
    await desk.testEyes(recordNumber);
    expect(await deleteDuePhotos(desk.app)).toBe(0);
    await desk.issue(recordNumber);
    await look(recordNumber);
    await expect(openFacePhoto(desk.app, desk.mori, first.id)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openPortrait(desk.app, desk.mori, recordNumber)).rejects.toMatchObject({
      code: 'not_found',
    });

    const before = await desk.lastAuditId();
    expect(await deleteDuePhotos(desk.app)).toBe(2);
    const proofs = (await desk.auditedAfter(before)).map(({ what, detail }) => ({ what, detail }));
    const sha256 = first.sha256.toString('hex');
    const proof = { what: 'photo.deleted', detail: { sha256, reason: 'issued' } };
    expect(proofs).toEqual([proof, proof]);
    for (const { storageKey } of [first, second])
      expect(await desk.app.storage.find(storageKey)).toBeUndefined();
    expect((await photosOf(recordNumber)).every(({ deletedAt }) => deletedAt !== null)).toBe(true);

    // Somebody who kept a copy of the file has nothing: the key is gone too.
    await desk.app.storage.write(first.storageKey, former);
    expect(key.wrappedKey.length).toBeGreaterThan(0);
    await expect(openPicture(desk.app, { kind: 'facePhoto', id: first.id }, first)).rejects.toThrow(
      'the key of facePhoto',
    );
    await desk.app.storage.remove(first.storageKey);
  });

  it('count as deleted only when storage has them no more, and one that resists does not keep the others', async () => {
    const { recordNumber, first, second } = await newPhotos();
    await desk.db
      .updateTable('facePhoto')
      .set({ deleteAfter: '2026-11-22' })
      .where('id', 'in', [first.id, second.id])
      .execute();
    const { storage } = desk.app;
    const remove = (key: string) => (key === first.storageKey ? Promise.resolve() : storage.remove(key));
    const resisting = { ...desk.app, storage: { ...storage, remove } };
    await expect(deleteDuePhotos(resisting)).rejects.toThrow('1 photos whose day has come');
    expect((await photosOf(recordNumber)).map(({ deletedAt }) => deletedAt !== null).sort()).toEqual([
      false,
      true,
    ]);
    expect(await deleteDuePhotos(desk.app)).toBe(1);
  });
});

describe('photos in a bucket', () => {
  it('are sealed, shown and deleted there too', async () => {
    const s3 = await startS3Server();
    const far = await openCounterDesk(s3.env);
    const recordNumber = await far.newRecord();
    const { chapters } = await far.check(recordNumber);
    expect((await openFacePhoto(far.app, far.mori, chapters[0]!.photoId!)).bytes).toEqual(far.photo);
    expect(await listStored(far.app.storage, 'photos')).toHaveLength(2);
    await far.accept(recordNumber);
    await far.testEyes(recordNumber);
    await far.issue(recordNumber);
    expect(await deleteDuePhotos(far.app)).toBe(2);
    expect(await listStored(far.app.storage, 'photos')).toEqual([]);
    await far.close();
    await s3.remove();
  });
});
