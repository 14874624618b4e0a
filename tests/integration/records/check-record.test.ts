import { setImmediate } from 'node:timers/promises';
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { openFacePhoto, openPortrait } from '#lib/server/records/open-counter-picture.ts';
import { keepLectureSignIn } from '#lib/server/sessions/lecture-sign-ins.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
afterAll(() => desk.close());

describe('the view of a record', () => {
  it.each([
    ['before anything is answered', 'commission'],
    ['when the record is known already', 'chapter_attendance'],
  ] as const)('is not shown when its connection breaks %s, and shown the next time', async (_when, table) => {
    const recordNumber = await desk.newRecord();
    await desk.check(recordNumber);
    const unheard: unknown[] = [];
    const hear = (fault: unknown) => unheard.push(fault);
    process.on('unhandledRejection', hear);
    const looked = await desk.db.transaction().execute(async (trx) => {
      await sql`lock table ${sql.table(table)} in access exclusive mode`.execute(trx);
      const looking = checkRecord(desk.app, desk.mori, { recordNumber }).then(
        () => 'shown',
        (fault: unknown) => fault,
      );
      const breakIt = async (): Promise<void> => {
        const { rows } = await sql`
            select pg_terminate_backend(pid) from pg_locks
             where not granted and relation = ${table}::regclass`.execute(trx);
        if (rows.length === 0) await breakIt();
      };
      await breakIt();
      return looking;
    });
    expect(looked).toMatchObject({ code: '57P01' });
    await setImmediate();
    process.off('unhandledRejection', hear);
    expect(unheard).toEqual([]);
    expect((await desk.check(recordNumber)).isIntact).toBe(true);
  });

  it('says how, when and with what kind of browser the person came in, and no address', async () => {
    const recordNumber = await desk.newRecord();
    const attendance = desk.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('attendanceId');
    const { attendanceId } = await attendance.executeTakeFirstOrThrow();
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) Chrome/150.0.0.0 Edg/150.0.0.0';
    const signedIn = { id: 'a'.repeat(64), at: new Date('2026-11-22T02:00:00Z') };
    await desk.db
      .insertInto('session')
      .values({
        idSha256: signedIn.id,
        personKind: 'learner',
        personId: crypto.randomUUID(),
        method: 'tls',
        userAgent,
        createdAt: signedIn.at,
        lastSeenAt: signedIn.at,
        expiresAt: signedIn.at,
      })
      .execute();
    const keep = () =>
      desk.db.transaction().execute((trx) => keepLectureSignIn(trx, attendanceId, signedIn.id));
    await keep();
    await keep();
    await desk.db.deleteFrom('session').where('idSha256', '=', signedIn.id).execute();
    expect((await desk.check(recordNumber)).signIns).toEqual([
      { method: 'tls', browser: 'edge', device: 'windows', signedInAt: signedIn.at },
    ]);
  });

  it('says of each chapter which presence checks were passed, and how often none was answered', async () => {
    const recordNumber = await desk.newRecord();
    const { chapters } = await desk.check(recordNumber);
    expect(chapters.map(({ presence }) => presence)).toEqual([null, null]);
    const attendance = desk.db
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('attendanceId');
    const { attendanceId } = await attendance.executeTakeFirstOrThrow();
    const { chapterId } = chapters[0]!;
    await desk.db
      .insertInto('presenceCheck')
      .values([
        { attendanceId, chapterId, positionMs: 300_000, missedCount: 2, passedAt: desk.clock.now() },
        { attendanceId, chapterId, positionMs: 600_000, passedAt: desk.clock.now() },
      ])
      .execute();
    const seen = await desk.check(recordNumber);
    expect(seen.chapters.map(({ presence }) => presence)).toEqual([
      { checks: 2, passed: 2, missed: 2 },
      null,
    ]);
  });

  it('has all that is needed to decide, and proves that nobody changed it', async () => {
    const recordNumber = await desk.newRecord();
    const seen = await desk.check(recordNumber);
    expect(seen).toMatchObject({
      recordNumber,
      version: 1,
      state: 'issued',
      lectureClass: 'excellent',
      creditedMs: 1_800_000,
      legalMs: 1_800_000,
      driver: { name: '山田 花子', licenceNumber: '990000000001', hasPortrait: true },
      isVia: false,
      isIntact: true,
      classComparison: 'same',
      obstacles: [],
      next: 'decide',
      test: null,
      acts: [],
    });
    expect(seen.chapters.map(({ isRight }) => isRight)).toEqual([true, false]);
    expect(seen.chapters.map(({ watchedFrom }) => watchedFrom?.toISOString())).toEqual([
      '2026-11-22T02:30:00.000Z',
      '2026-11-22T02:45:00.000Z',
    ]);
    const picture = await openFacePhoto(desk.app, desk.mori, seen.chapters[0]!.photoId!);
    expect(picture).toEqual({ bytes: desk.photo, mediaType: 'image/jpeg' });
    expect((await openPortrait(desk.app, desk.mori, recordNumber)).mediaType).toBe('image/png');
  });

  it('says who is not in the last whole file of the register, and what the office does on the same day', async () => {
    const recordNumber = await desk.newRecord();
    expect(await desk.check(recordNumber)).toMatchObject({
      driver: { notInWholeSince: null },
      sameDay: { sameDayIssue: expect.any(Boolean) as boolean },
    });
    const since = new Date('2026-11-20T00:00:00Z');
    const mark = (notInWholeSince: Date | null) =>
      desk.db
        .updateTable('driver')
        .set({ notInWholeSince })
        .where('licenceNumber', '=', '990000000001')
        .execute();
    await mark(since);
    await desk.db
      .updateTable('office')
      .set({ sameDayIssue: true, sameDayRecording: false })
      .where('id', '=', desk.mori.officeId)
      .execute();
    const seen = await desk.check(recordNumber);
    expect(seen.sameDay).toEqual({ sameDayIssue: true, sameDayRecording: false });
    expect(seen.driver.notInWholeSince).toEqual(since);
    await mark(null);
  });

  it('says that the office is of another commission than the home of the person', async () => {
    expect(await desk.check(await desk.newRecord(), desk.hayashi)).toMatchObject({ isVia: true });
  });

  it('shows no photo that has been deleted, and none of a lecture without a record', async () => {
    const seen = await desk.check(await desk.newRecord());
    const photoId = seen.chapters[0]!.photoId!;
    await desk.db
      .updateTable('facePhoto')
      .set({ deletedAt: desk.clock.now() })
      .where('id', '=', photoId)
      .execute();
    await expect(openFacePhoto(desk.app, desk.mori, photoId)).rejects.toMatchObject({ code: 'not_found' });
    await expect(openFacePhoto(desk.app, desk.mori, crypto.randomUUID())).rejects.toMatchObject({
      code: 'not_found',
    });
    await expect(openPortrait(desk.app, desk.mori, 'K00000005724')).rejects.toMatchObject({
      code: 'not_found',
    });
  });

  it('notices a row that was changed behind our back, and does not accept it', async () => {
    const recordNumber = await desk.newRecord();
    const { db } = desk;
    await db
      .updateTable('completionRecord')
      .set({ periodEnd: '2030-01-01' })
      .where('recordNumber', '=', recordNumber)
      .execute();
    expect(await desk.check(recordNumber)).toMatchObject({ isIntact: false });
    await expect(desk.accept(recordNumber)).rejects.toMatchObject({ code: 'record_altered' });
    await desk.reject(recordNumber, { reason: 'other', note: '内容が署名と一致しない' });
  });

  it.each(['proof', 'driverId', 'attendanceId', 'signingKeyId'])(
    'notices another %s in the row than was signed',
    async (column) => {
      const { db } = desk;
      const recordNumber = await desk.newRecord();
      const other = await db
        .selectFrom('completionRecord')
        .where('recordNumber', '=', await desk.newRecord('akiko'))
        .select(['proof', 'driverId'])
        .executeTakeFirstOrThrow();
      const attendanceId = column === 'attendanceId' ? (await desk.beginLecture('akiko')).attendanceId : '';
      const theirs: Record<string, unknown> = { ...other, attendanceId, signingKeyId: '2' };
      await db
        .updateTable('completionRecord')
        .set({ [column]: theirs[column] })
        .where('recordNumber', '=', recordNumber)
        .execute();
      expect(await desk.check(recordNumber)).toMatchObject({ isIntact: false });
    },
  );
});
