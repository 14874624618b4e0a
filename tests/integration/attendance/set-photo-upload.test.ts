import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authenticate, type Administrator, type Learner } from '#lib/domain/people/actor.ts';
import { acceptPhoto, getPhotoStep } from '#lib/server/attendance/accept-photo.ts';
import { answerQuestion } from '#lib/server/attendance/answer-question.ts';
import { getPhotoUpload, setPhotoUpload, SetPhotoUpload } from '#lib/server/attendance/set-photo-upload.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { disableOfficer } from '#lib/server/officers/disable-officer.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { drawJpeg } from '../../support/photo.ts';
import { publishLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const photo = drawJpeg();
let test: TestApp;
let shimizu: Administrator;
let lecture: Awaited<ReturnType<typeof publishLecture>>;
let learner: Learner;

beforeAll(async () => {
  test = await makeTestApp();
  learner = (await manyDrivers(test.app, 1))[0]!;
  lecture = await publishLecture(test.app, [20_000, 20_000]);
  shimizu = await newAdministrator('清水 真理');
  await startAttendance(test.app, learner);
});
afterAll(() => test.close());

async function newAdministrator(name: string): Promise<Administrator> {
  const home = { name, role: 'administrator', commissionCode: 'kanagawa' } as const;
  const { officerId } = await inviteOfficer(test.app, { ...home, officeNameJa: null });
  return authenticate<Administrator>({ ...home, kind: 'administrator', officerId, sessionIdSha256: '' });
}

const set = (ticked: boolean, administrator = shimizu) =>
  setPhotoUpload(
    test.app,
    administrator,
    SetPhotoUpload.parse(ticked ? { photoUploadAllowed: 'allowed' } : {}),
  );

async function comeToPhoto(number: number): Promise<string> {
  const { id, rightChoiceId } = lecture.chapters[number]!;
  await new TestPlayer(test, learner).watch(id);
  await answerQuestion(test.app, learner, id, { choiceId: rightChoiceId });
  return id;
}

const sources = async () =>
  (await test.app.db.selectFrom('facePhoto').orderBy('takenAt').select('source').execute()).map(
    ({ source }) => source,
  );

describe('a photo that is on the device', () => {
  it('is not taken unless the commission allows it; the camera’s is', async () => {
    const chapter = await comeToPhoto(0);
    expect(await getPhotoStep(test.app, learner)).toMatchObject({ isUploadAllowed: false });
    await expect(acceptPhoto(test.app, learner, chapter, photo, 'upload')).rejects.toMatchObject({
      code: 'photo_upload_not_allowed',
    });
    expect(await sources()).toEqual([]);
    await acceptPhoto(test.app, learner, chapter, photo);
    expect(await sources()).toEqual(['camera']);
  });

  it('is taken once the commission allows it, also in a lecture that has begun, and is kept as what it is', async () => {
    const chapter = await comeToPhoto(1);
    await set(true);
    expect(await getPhotoStep(test.app, learner)).toMatchObject({ isUploadAllowed: true });
    await acceptPhoto(test.app, learner, chapter, photo, 'upload');
    expect(await sources()).toEqual(['camera', 'upload']);
  });
});

describe('an administrator who sets it', () => {
  it('leaves a line in the audit trail for each change, and none for no change', async () => {
    await set(false);
    await Promise.all([set(true), set(true)]);
    expect(await getPhotoUpload(test.app, shimizu)).toBe(true);
    const lines = await test.app.db
      .selectFrom('auditEvent')
      .where('what', '=', 'photoUpload.set')
      .orderBy('id')
      .select(['actorId', 'detail'])
      .execute();
    expect(lines.map(({ detail }) => detail)).toEqual([
      { isAllowed: true },
      { isAllowed: false },
      { isAllowed: true },
    ]);
  });

  it('sets nothing any more once he is disabled', async () => {
    const other = await newAdministrator('臨時 職員');
    await disableOfficer(test.app, shimizu, other.officerId);
    await expect(set(false, other)).rejects.toMatchObject({ code: 'not_allowed' });
    expect(await getPhotoUpload(test.app, shimizu)).toBe(true);
  });

  it('cannot say anything but yes or no', () => {
    expect(SetPhotoUpload.safeParse({ photoUploadAllowed: 'perhaps' }).success).toBe(false);
  });
});
