import { error } from '@sveltejs/kit';
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import { requireActor } from '#lib/http/guards.ts';
import { m } from '#lib/paraglide/messages.js';
import { getOwnRecord } from '#lib/server/records/get-own-record.ts';
import { recordCalendar } from '#lib/server/records/record-calendar.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = async (event) => {
  const learner = requireActor(event, 'learner');
  const record = await getOwnRecord(event.locals.app, learner);
  if (!record?.isOpen) error(404);
  const number = formatRecordNumber(record.recordNumber);
  const text = recordCalendar({
    ...record,
    title: m.record_calendar_title(),
    description: m.record_calendar_note({ number }),
    url: record.commission.reservationUrl,
  });
  return new Response(text, {
    headers: {
      'content-type': 'text/calendar; charset=utf-8',
      'content-disposition': 'attachment; filename="renewal.ics"',
      'cache-control': 'no-store',
    },
  });
};
