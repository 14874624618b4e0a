import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { deletePerson } from '#lib/server/persons/delete-person.ts';
import { takeLecture } from '../../support/completed-attendance.ts';
import { manyDrivers } from '../../support/many-drivers.ts';
import { signedInOfficer } from '../../support/officers.ts';
import { publishLecture, type PublishedLecture } from '../../support/published-lecture.ts';
import { openDesk, register, type Desk } from './exchange-desk.ts';
import { ask, type PartnerCard } from '../../support/partner-card.ts';

interface FeedEvent {
  readonly id: string;
  readonly type: string;
  readonly cursor: string;
  readonly record: { readonly recordNumber: string; readonly licenceNumber: string };
}

let desk: Desk;
let lecture: PublishedLecture;
let kanagawa: PartnerCard;
let tokyo: PartnerCard;
let national: PartnerCard;
let drivers: string[];
beforeAll(async () => {
  desk = await openDesk();
  lecture = await publishLecture(desk.app, [60_000, 60_000]);
  drivers = (await manyDrivers(desk.app, 60)).map(({ driverId }) => driverId);
  kanagawa = await register(desk, '神奈川県警察', 'kanagawa');
  tokyo = await register(desk, '警視庁', 'tokyo');
  national = await register(desk, '警察庁', null);
});
afterAll(() => desk.close());

const read = async (card: PartnerCard, after: string | null, limit = 100) => {
  const query = new URLSearchParams({ ...(after !== null && { after }), limit: String(limit) });
  const { status, body } = await ask(desk, card, { path: `/api/completions?${query}` });
  expect(status).toBe(200);
  return body as unknown as { events: FeedEvent[]; next: string; hasMore: boolean };
};
const complete = async (driverId = drivers.pop()!) => {
  const { recordNumber } = await takeLecture(desk.app, { driverId, lecture });
  return recordNumber!;
};
const numbers = (events: readonly FeedEvent[]) => events.map(({ record }) => record.recordNumber);

describe('the feed', () => {
  it('has a completion as soon as it is committed, within a second', async () => {
    const { next } = await read(kanagawa, null);
    const recordNumber = await complete();
    const startedAt = performance.now();
    const { events, hasMore } = await read(kanagawa, next);
    expect(performance.now() - startedAt).toBeLessThan(1_000);
    expect(hasMore).toBe(false);
    expect(events).toMatchObject([
      {
        type: 'record.issued',
        record: { recordNumber, commission: 'kanagawa', lectureClass: 'excellent', periodEnd: '2027-01-04' },
      },
    ]);
    expect(events[0]?.record.licenceNumber).toMatch(/^97\d{10}$/);
  });

  it('is read on page by page, each event once', async () => {
    const { next } = await read(kanagawa, null);
    const made = [await complete(), await complete(), await complete()];
    const first = await read(kanagawa, next, 2);
    expect([first.events.length, first.hasMore]).toEqual([2, true]);
    const second = await read(kanagawa, first.next, 2);
    expect(numbers([...first.events, ...second.events])).toEqual(made);
    expect(await read(kanagawa, second.next, 2)).toEqual({ events: [], next: second.next, hasMore: false });
  });

  it('may be read again from any cursor: the same events with the same names', async () => {
    const all = await read(kanagawa, null);
    const again = await read(kanagawa, all.events[0]!.cursor);
    expect(again.events).toEqual(all.events.slice(1));
  });

  it('shows a prefecture its own drivers only, and a national partner all', async () => {
    expect((await read(tokyo, null)).events).toEqual([]);
    expect((await read(national, null)).events).toEqual((await read(kanagawa, null)).events);
  });

  it('says what becomes of a record: checked, used, voided', async () => {
    const recordNumber = await complete();
    const { next } = await read(kanagawa, null, 500);
    for (const state of ['checked', 'used', 'used', 'voided']) {
      await desk.app.db
        .updateTable('completionRecord')
        .set({ state })
        .where('recordNumber', '=', recordNumber)
        .execute();
    }
    const { events } = await read(kanagawa, next);
    expect(events.map(({ type }) => type)).toEqual(['record.checked', 'record.used', 'record.voided']);
  });

  it('is told of a correction as such, with the state that holds again', async () => {
    const recordNumber = await complete();
    const { next } = await read(kanagawa, null, 500);
    const { officerId, officeId } = await signedInOfficer(desk.app, '森 和子');
    await desk.app.pool.query(
      `with r as (update completion_record set state = 'used', version = 2 where record_number = $1 returning id)
       insert into counter_act (record_id, record_version, kind, officer_id, office_id, at)
       select id, 1, 'issued', $2, $3, now() from r`,
      [recordNumber, officerId, officeId],
    );
    await desk.app.pool.query(
      `with r as (update completion_record set state = 'checked', version = 3 where record_number = $1 returning id)
       insert into counter_act (record_id, record_version, kind, officer_id, office_id, at, reason, takes_back)
       select r.id, 2, 'corrected', $2, $3, now(), 'slip', act.id from r join counter_act act on act.record_id = r.id`,
      [recordNumber, officerId, officeId],
    );
    expect((await read(kanagawa, next)).events).toMatchObject([
      { type: 'record.used', state: 'used' },
      { type: 'record.corrected', state: 'checked' },
    ]);
  });

  it('never gets an event before one that was read: who commits later comes later, though he began earlier', async () => {
    const slow = await complete();
    const { next } = await read(kanagawa, null, 500);
    const begun = Promise.withResolvers<null>();
    const goOn = Promise.withResolvers<null>();
    const slowly = desk.app.db.transaction().execute(async (trx) => {
      await trx
        .updateTable('completionRecord')
        .set({ state: 'checked' })
        .where('recordNumber', '=', slow)
        .execute();
      begun.resolve(null);
      await goOn.promise;
    });
    await begun.promise;
    const quick = await complete(); // does not wait for the other
    const first = await read(kanagawa, next);
    expect(numbers(first.events)).toEqual([quick]);
    goOn.resolve(null);
    await slowly;
    expect((await read(kanagawa, first.next)).events).toMatchObject([
      { type: 'record.checked', record: { recordNumber: slow } },
    ]);
  });

  it('misses none of many that are made at once, while it is read', async () => {
    let { next } = await read(kanagawa, null, 500);
    const seen: string[] = [];
    const making = Promise.all(Array.from({ length: 30 }, () => complete()));
    let made: string[] | null = null;
    void making.then((numbersMade) => (made = numbersMade));
    while (made === null) {
      const page = await read(kanagawa, next, 3);
      seen.push(...numbers(page.events));
      next = page.next;
    }
    seen.push(...numbers((await read(kanagawa, next)).events));
    expect(seen.toSorted()).toEqual((await making).toSorted());
  });

  it('has nothing of a completion that was rolled back', async () => {
    const before = await read(kanagawa, null, 500);
    await expect(
      desk.app.db.transaction().execute(async (trx) => {
        await trx.updateTable('completionRecord').set({ state: 'rejected' }).execute();
        throw new Error('undone');
      }),
    ).rejects.toThrow('undone');
    expect(await read(kanagawa, null, 500)).toEqual(before);
  });

  it('says nothing of somebody who was deleted, and goes on with the others', async () => {
    const { next } = await read(kanagawa, null, 500);
    await complete();
    const stays = await complete();
    const { events } = await read(kanagawa, next);
    await deletePerson(desk.app, { licenceNumber: events[0]!.record.licenceNumber, isAnyway: true });
    expect(numbers((await read(kanagawa, next)).events)).toEqual([stays]);
  });
});
