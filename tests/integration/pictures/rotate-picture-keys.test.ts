import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createApp } from '#lib/server/app.ts';
import { rotatePictureKeys } from '#lib/server/pictures/rotate-picture-keys.ts';
import { openFacePhoto } from '#lib/server/records/open-counter-picture.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

const NEXT_KEY = { id: '2027', bytes: randomBytes(32) };

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

describe('the keys of pictures under a new wrapping key', () => {
  it('are all wrapped anew, by two commands at once, and open the same pictures', async () => {
    const recordNumber = await desk.newRecord();
    const { chapters } = await desk.check(recordNumber);
    const { config, clock } = desk.app;
    const withKeys = (oldWrappingKeys = [config.wrappingKey]) =>
      createApp({ ...config, wrappingKey: NEXT_KEY, oldWrappingKeys }, { clock });
    const unaware = await withKeys([]);
    await expect(rotatePictureKeys(unaware)).rejects.toThrow('OLD_WRAPPING_KEYS does not have: 1');
    const [one, two] = [await withKeys(), await withKeys()];
    const total = (await desk.db.selectFrom('sealedPicture').select('storageKey').execute()).length;
    const [a, b] = await Promise.all([rotatePictureKeys(one), rotatePictureKeys(two)]);
    expect(a.rewrapped + b.rewrapped).toBe(total);
    expect(await rotatePictureKeys(one)).toEqual({ rewrapped: 0, left: 0 });
    expect((await openFacePhoto(unaware, desk.mori, chapters[0]!.photoId!)).bytes).toEqual(desk.photo);
    await Promise.all([unaware, one, two].map((app) => app.close()));
  });
});
