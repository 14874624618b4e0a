import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { openPicture } from '#lib/server/pictures/open-picture.ts';
import { findDriverByLicenceNumber } from '#lib/server/register/find-driver.ts';
import { importPortrait } from '#lib/server/register/import-portrait.ts';
import { drawPortrait, type Look } from '../../../scripts/seed/draw-portrait.ts';
import { LOOKS } from '../../../scripts/seed/portraits.ts';
import { seedPeople } from '../../../scripts/seed/seed-people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const HANAKO = '990000000001';
const faceOf = (id: string) => drawPortrait(LOOKS[id] as Look);

let test: TestApp;
beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-24T03:00:00Z' });
  await seedPeople(test.app, '2026-11-24');
});
afterAll(() => test.close());

const portraitOf = async (licenceNumber: string) => {
  const driver = await findDriverByLicenceNumber(test.app.db, licenceNumber);
  return driver?.portraitKey ?? '';
};

const pictureOf = async (licenceNumber: string) => {
  const driver = await findDriverByLicenceNumber(test.app.db, licenceNumber);
  const owner = { kind: 'portrait', id: driver?.id ?? '' } as const;
  return (await openPicture(test.app, owner, { storageKey: driver?.portraitKey ?? '' })).bytes;
};

describe('the photo of a licence', () => {
  it('came with the seed and can be read', async () => {
    expect(await pictureOf(HANAKO)).toEqual(faceOf('hanako'));
    const file = await test.app.storage.read(await portraitOf(HANAKO));
    expect(file.includes(faceOf('hanako').subarray(0, 8))).toBe(false);
  });

  it('takes the place of the earlier one, whose file goes', async () => {
    const former = await portraitOf(HANAKO);
    const { portraitKey } = await importPortrait(test.app, 'system', {
      licenceNumber: HANAKO,
      bytes: faceOf('akiko'),
    });
    expect(await portraitOf(HANAKO)).toBe(portraitKey);
    expect(await pictureOf(HANAKO)).toEqual(faceOf('akiko'));
    expect(await test.app.storage.open(former)).toBeUndefined();
  });

  it('stays when it comes again, and when the register does', async () => {
    const former = await portraitOf(HANAKO);
    await importPortrait(test.app, 'system', { licenceNumber: HANAKO, bytes: faceOf('akiko') });
    expect(await portraitOf(HANAKO)).toBe(former);
    expect(await test.app.storage.open(former)).toBeDefined();
  });

  it.each([
    ['photo_not_an_image', Buffer.from('%PDF-1.7 no picture')],
    ['photo_not_an_image', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600"/>')],
    ['photo_not_an_image', Buffer.alloc(0)],
    ['photo_too_large', Buffer.alloc(LIMITS.photoMaxBytes + 1)],
    [
      'photo_too_small',
      Buffer.from(
        'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
        'base64',
      ),
    ],
  ])('is refused as %s', async (code, bytes) => {
    const former = await portraitOf(HANAKO);
    const importing = importPortrait(test.app, 'system', { licenceNumber: HANAKO, bytes });
    await expect(importing).rejects.toMatchObject({ name: 'Refusal', code });
    expect(await portraitOf(HANAKO)).toBe(former);
  });

  it('is refused for somebody whom the register does not know', async () => {
    const importing = importPortrait(test.app, 'system', {
      licenceNumber: '990000009999',
      bytes: faceOf('hanako'),
    });
    await expect(importing).rejects.toMatchObject({ code: 'not_found' });
  });
});
