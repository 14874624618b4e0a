import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import { authenticate, type CounterOfficer, type Learner } from '#lib/domain/people/actor.ts';
import { listTrailOf, TrailQuery } from '#lib/server/audit/list-trail.ts';
import { GiveLookReason } from '#lib/server/looks/look-reason.ts';
import { listOwnLooks } from '#lib/server/looks/list-own-looks.ts';
import { checkRecord } from '#lib/server/records/check-record.ts';
import { AcceptRecord, acceptRecord } from '#lib/server/records/decide-record.ts';
import { findForCounter } from '#lib/server/records/find-for-counter.ts';
import { giveRecordReason } from '#lib/server/records/give-record-reason.ts';
import { GET } from '../../../src/routes/admin/audit/trail.csv/+server.ts';
import { openCounterDesk, type CounterDesk } from '../../support/counter-desk.ts';
import { signedInAdministrator, signedInOfficer } from '../../support/officers.ts';

let desk: CounterDesk;
beforeAll(async () => {
  desk = await openCounterDesk();
});
beforeEach(() => desk.resetClock());
afterAll(() => desk.close());

const needed = expect.objectContaining({ code: 'look_reason_required' }) as Error;
const check = (recordNumber: string, officer: CounterOfficer) =>
  checkRecord(desk.app, officer, { recordNumber });
const give = (recordNumber: string, officer: CounterOfficer, form: object = { reason: 'viaRenewal' }) =>
  giveRecordReason(desk.app, officer, recordNumber, GiveLookReason.parse(form));

/** The learner whose record it is. */
async function ownerOf(recordNumber: string): Promise<Learner> {
  const { driverId } = await desk.db
    .selectFrom('completionRecord')
    .where('recordNumber', '=', recordNumber)
    .select('driverId')
    .executeTakeFirstOrThrow();
  return authenticate<Learner>({ kind: 'learner', driverId, credentialId: '', sessionIdSha256: '' });
}

describe('an officer who looks at a driver of another commission', () => {
  it('says why first, and is not asked again for some minutes', async () => {
    const recordNumber = await desk.newRecord();
    await expect(check(recordNumber, desk.hayashi)).rejects.toEqual(needed);
    await give(recordNumber, desk.hayashi);
    await check(recordNumber, desk.hayashi);
    desk.clock.advance(LIMITS.lookReasonTtlMs - 1);
    await check(recordNumber, desk.hayashi);
    desk.clock.advance(1);
    await expect(check(recordNumber, desk.hayashi)).rejects.toEqual(needed);
  });

  it('has said it for himself, for this session and for this person alone', async () => {
    const [mine, other] = [await desk.newRecord('hanako'), await desk.newRecord('akiko')];
    await give(mine, desk.hayashi);
    await expect(check(other, desk.hayashi)).rejects.toEqual(needed);
    const colleague = await signedInOfficer(desk.app, '同僚 の', 'tokyo');
    await expect(check(mine, colleague)).rejects.toEqual(needed);
    const { kind, officerId, name, commissionCode, officeId, isSupervisor } = desk.hayashi;
    const elsewhere = authenticate<CounterOfficer>({
      ...{ kind, officerId, name, commissionCode, officeId, isSupervisor },
      sessionIdSha256: 'another session',
    });
    await expect(check(mine, elsewhere)).rejects.toEqual(needed);
  });

  it('decides nothing before he has said why, although he knows the number', async () => {
    const recordNumber = await desk.newRecord();
    const newcomer = await signedInOfficer(desk.app, '新任 東', 'tokyo');
    const accept = () =>
      acceptRecord(desk.app, newcomer, AcceptRecord.parse({ recordNumber, version: 1, isSamePerson: 'yes' }));
    await expect(accept()).rejects.toEqual(needed);
    expect(await check(recordNumber, desk.mori)).toMatchObject({ state: 'issued', acts: [] });
    await give(recordNumber, newcomer);
    await accept();
    expect(await check(recordNumber, desk.mori)).toMatchObject({ state: 'checked' });
  });

  it('leaves nothing of a look that was refused but the refusal: no record.checked', async () => {
    const recordNumber = await desk.newRecord('akiko');
    desk.clock.advance(LIMITS.lookReasonTtlMs);
    const before = await desk.lastAuditId();
    await expect(check(recordNumber, desk.hayashi)).rejects.toEqual(needed);
    expect(await desk.auditedAfter(before)).toEqual([]);
  });

  it('learns by the licence number only that there is somebody, until he says why', async () => {
    await desk.beginLecture('makoto');
    const search = '990000000003';
    expect(await findForCounter(desk.app, desk.mori, { search })).toEqual({ kind: 'reasonNeeded' });
    const words = '住所変更の相談';
    const finding = await findForCounter(desk.app, desk.mori, { search, reason: 'other', words });
    expect(finding).toMatchObject({ kind: 'driver', driver: { name: '鈴木 誠' } });
    expect(await findForCounter(desk.app, desk.mori, { search })).toMatchObject({ kind: 'driver' });
  });

  it('writes words for 「その他」, and not too many', async () => {
    const recordNumber = await desk.newRecord();
    await expect(give(recordNumber, desk.hayashi, { reason: 'other', words: ' ' })).rejects.toMatchObject({
      code: 'look_words_missing',
    });
    for (const form of [
      { reason: 'curiosity' },
      {},
      { reason: 'other', words: '長'.repeat(201) },
      { reason: 'other', words: 'a\u0000b' },
      { reason: ['other'] },
    ])
      expect(GiveLookReason.safeParse(form).success).toBe(false);
  });
});

it('does not ask an officer of the own commission', async () => {
  const recordNumber = await desk.newRecord();
  await check(recordNumber, desk.mori);
  const before = await desk.lastAuditId();
  await give(recordNumber, desk.mori);
  expect(await desk.auditedAfter(before)).toEqual([]);
});

describe('a learner', () => {
  it('sees which office looked, when and why, and neither the officer nor his words', async () => {
    const recordNumber = await desk.newRecord('hanako');
    const learner = await ownerOf(recordNumber);
    const earlier = await listOwnLooks(desk.app, learner);
    await give(recordNumber, desk.hayashi, { reason: 'inquiry', words: '電話の件' });
    await check(recordNumber, desk.hayashi);
    await check(recordNumber, desk.mori);
    const looks = await listOwnLooks(desk.app, learner);
    expect(looks).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ officeNameJa: '警視庁 府中運転免許試験場', reason: 'inquiry' }),
        expect.objectContaining({ officeNameJa: '神奈川県警察 運転免許センター', reason: null }),
      ]),
    );
    expect(looks.length).toBeGreaterThanOrEqual(earlier.length);
    expect(JSON.stringify(looks)).not.toMatch(/林|森|電話/);
  });

  it('sees nothing of others', async () => {
    const recordNumber = await desk.newRecord('hanako');
    await check(recordNumber, desk.mori);
    const stranger = await ownerOf(await desk.newRecord('yumi'));
    expect(await listOwnLooks(desk.app, stranger)).toEqual([]);
  });
});

describe('an administrator', () => {
  it('sees who of his commission looked at which record and why, and nothing of other commissions', async () => {
    const okada = await signedInAdministrator(desk.app, '岡田 隆', 'tokyo');
    const shimizu = await signedInAdministrator(desk.app, '清水 真理');
    const recordNumber = await desk.newRecord('akiko');
    await give(recordNumber, desk.hayashi, { reason: 'other', words: '転居の相談' });
    await check(recordNumber, desk.hayashi);
    await check(recordNumber, desk.mori);
    const asked = TrailQuery.parse({ record: recordNumber });
    const { events, officers } = await listTrailOf(desk.app, okada, asked);
    expect(events.slice(0, 2)).toMatchObject([
      { what: 'record.checked', officerName: '林 修一', recordNumber, detail: { reason: 'other' } },
      { what: 'driver.reasonGiven', detail: { reason: 'other' }, words: '転居の相談' },
    ]);
    // Not in the chain, from which nothing can be deleted.
    expect(JSON.stringify(events[1]?.detail)).not.toContain('転居');
    expect(events.some(({ officerName }) => officerName === '森 和子')).toBe(false);
    expect(officers.some(({ name }) => name === '森 和子')).toBe(false);
    const own = await listTrailOf(desk.app, shimizu, asked);
    expect(own.events).toMatchObject([{ what: 'record.checked', officerName: '森 和子' }]);
  });

  it('narrows by day, officer and act, fifty a page, each event once', async () => {
    const shimizu = await signedInAdministrator(desk.app, '清水 真理');
    await desk.app.pool.query(
      `insert into audit_event (at, actor_kind, actor_id, what)
       select timestamptz '2025-03-01 00:00+09' + make_interval(mins => n), 'officer', $1, 'session.begun'
         from generate_series(0, 119) n`,
      [desk.mori.officerId],
    );
    const seen: number[] = [];
    let before: number | null | undefined;
    const filter = { day: '2025-03-01', officer: desk.mori.officerId, what: 'session.begun' };
    while (before !== null) {
      const { events, next } = await listTrailOf(
        desk.app,
        shimizu,
        TrailQuery.parse({ ...filter, ...(before && { before }) }),
      );
      expect(events.length).toBeLessThanOrEqual(50);
      seen.push(...events.map(({ id }) => id));
      before = next;
    }
    expect(new Set(seen).size).toBe(120);
    const others = TrailQuery.parse({ ...filter, day: '2025-02-28' });
    expect((await listTrailOf(desk.app, shimizu, others)).events).toEqual([]);
  });

  it('saves what he has filtered as a file, and the trail says so', async () => {
    const shimizu = await signedInAdministrator(desk.app, '清水 真理');
    const recordNumber = await desk.newRecord();
    await check(recordNumber, desk.mori);
    const url = new URL(`http://localhost/admin/audit/trail.csv?record=${recordNumber}`);
    const event = { url, locals: { app: desk.app, actor: shimizu } };
    const response = await GET(event as unknown as Parameters<typeof GET>[0]);
    expect(response.headers.get('content-disposition')).toContain('koshu-audit.csv');
    const lines = (await response.text()).trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/,森 和子,(?:神奈川県警察|Kanagawa)/);
    expect(lines[1]).toContain(formatRecordNumber(recordNumber));
    const { events } = await listTrailOf(desk.app, shimizu, TrailQuery.parse({ what: 'trail.exported' }));
    expect(events[0]).toMatchObject({ officerName: '清水 真理', detail: { count: 1 } });
  });

  it('asks with nonsense as with nothing, and for a record that cannot be as refused', async () => {
    const shimizu = await signedInAdministrator(desk.app, '清水 真理');
    const nonsense = { day: '2026-02-30', officer: 'x', what: "' or 1=1", before: '-1' };
    expect(TrailQuery.parse(nonsense)).toEqual({});
    expect((await listTrailOf(desk.app, shimizu, TrailQuery.parse(nonsense))).events.length).toBeGreaterThan(
      0,
    );
    await expect(listTrailOf(desk.app, shimizu, { record: 'K26-1234-5678-0' })).rejects.toMatchObject({
      name: expect.any(String) as string,
    });
  });
});
