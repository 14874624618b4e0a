import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { getNativeKey } from '#lib/server/attendance/get-native-key.ts';
import { getNativePlaylist } from '#lib/server/attendance/get-native-playlist.ts';
import { startAttendance } from '#lib/server/attendance/start-attendance.ts';
import { writeMasterPlaylist, writeMediaPlaylist } from '#lib/server/media/playlist.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedTestPeople } from '../../support/people.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';
import { TestPlayer } from '../../support/test-player.ts';

const CHAPTER_MS = 120_000;
const SEGMENTS = 20;
const VARIANT = { side: 360, width: 640, height: 360, framesPerSecond: 30, codecs: 'avc1.64001e,mp4a.40.2' };

let test: TestApp;
let lecture: PublishedLecture;
let people: Awaited<ReturnType<typeof seedTestPeople>>;
let player: TestPlayer;

beforeAll(async () => {
  test = await makeTestApp();
  people = await seedTestPeople(test.app);
  lecture = await publishLecture(test.app, [CHAPTER_MS, CHAPTER_MS]);
  const master = writeMasterPlaylist([
    { ...VARIANT, peakBitsPerSecond: 900_000, averageBitsPerSecond: 600_000 },
  ]);
  const rendition = writeMediaPlaylist(Array.from({ length: SEGMENTS }, () => 6));
  for (const { videoId } of lecture.chapters) {
    await test.app.storage.write(`media/${videoId}/master.m3u8`, Buffer.from(master));
    await test.app.storage.write(`media/${videoId}/360/index.m3u8`, Buffer.from(rendition));
  }
  await startAttendance(test.app, people.learner('akiko'));
  await startAttendance(test.app, people.learner('hanako'));
});
afterAll(() => test.close());
beforeEach(async () => {
  test.clock.advance(3_600_000);
  player = new TestPlayer(test, people.learner('akiko'));
  await player.open(first().id);
});

const first = () => lecture.chapters[0]!;
const playlist = (who = player.learner, viewingId = player.viewingId, side: string | null = '360') =>
  getNativePlaylist(test.app, who, { viewingId, side });
const key = (index: number, who = player.learner, viewingId = player.viewingId) =>
  getNativeKey(test.app, who, { viewingId, index });
const listed = (text: string) => [...text.matchAll(/\/key\/(\d+)"/g)].map(([, index]) => Number(index));

describe('a browser that plays HLS by itself', () => {
  it('is told the renditions, and of each only what is released', async () => {
    expect(await playlist(player.learner, player.viewingId, null)).toContain('\n360/index.m3u8\n');
    const text = await playlist();
    expect(text).toContain('#EXT-X-PLAYLIST-TYPE:EVENT\n');
    expect(text).toContain(`#EXT-X-MAP:URI="/media/${first().videoId}/360/init.mp4"`);
    expect(text).toContain(`\n/media/${first().videoId}/360/10.m4s\n`);
    expect(text).not.toContain('11.m4s');
    expect(text).not.toContain('#EXT-X-ENDLIST');
  });

  it('gets every key that is listed, at once, and none beyond', async () => {
    const indexes = listed(await playlist());
    expect(indexes).toEqual(Array.from({ length: 11 }, (_, index) => index));
    for (const index of indexes) {
      expect(await key(index)).toEqual(segmentKey(lecture.masterSecret, first().videoId, index));
    }
    for (const index of [11, 12, SEGMENTS - 1, SEGMENTS, 99_999]) {
      await expect(key(index)).rejects.toMatchObject({ code: 'not_found' });
    }
  });

  it('sees the playlist grow with the credit, never shrink or change, and end when all is released', async () => {
    let before = await playlist();
    while (player.positionMs < CHAPTER_MS - 10_000) {
      await player.play(10_000);
      const text = await playlist();
      expect(text.startsWith(before.replace('#EXT-X-ENDLIST\n', ''))).toBe(true);
      const indexes = listed(text);
      for (const index of indexes) expect(await key(index)).toHaveLength(16);
      if (indexes.length < SEGMENTS) {
        expect(text).not.toContain('ENDLIST');
        await expect(key(indexes.length)).rejects.toMatchObject({ code: 'not_found' });
      }
      before = text;
    }
    expect(before.endsWith(`/${SEGMENTS - 1}.m4s\n#EXT-X-ENDLIST\n`)).toBe(true);
  });

  it('gets nothing of another person’s viewing, of one that is none, or of a rendition that is none', async () => {
    const stranger = people.learner('hanako');
    await expect(playlist(stranger)).rejects.toMatchObject({ code: 'not_found' });
    await expect(key(0, stranger)).rejects.toMatchObject({ code: 'not_found' });
    const nobody = '00000000-0000-4000-8000-000000000000';
    await expect(key(0, player.learner, nobody)).rejects.toMatchObject({ code: 'not_found' });
    await expect(playlist(player.learner, player.viewingId, '361')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('is refused when another device took over, and when the viewing has not been heard of for too long', async () => {
    const { viewingId } = player;
    const other = new TestPlayer(test, player.learner);
    await other.open(first().id);
    await expect(playlist(player.learner, viewingId)).rejects.toMatchObject({ code: 'viewing_superseded' });
    await expect(key(0, player.learner, viewingId)).rejects.toMatchObject({ code: 'viewing_superseded' });
    test.clock.advance(test.app.config.attendanceLimits.leaseTtlMs + 1);
    await expect(key(0, other.learner, other.viewingId)).rejects.toMatchObject({ code: 'viewing_expired' });
  });

  it('does not keep a viewing alive, or earn anything, by fetching', async () => {
    const { creditedMs } = await player.open(first().id);
    for (let fetched = 0; fetched < 6; fetched += 1) {
      test.clock.advance(10_000);
      await playlist();
      await key(0);
    }
    test.clock.advance(10_000);
    await expect(playlist()).rejects.toMatchObject({ code: 'viewing_expired' });
    expect((await player.open(first().id)).creditedMs).toBe(creditedMs);
  });
});
