import { reportCsv } from '#lib/http/counter-report.ts';
import { requireActor } from '#lib/http/guards.ts';
import type { RequestHandler } from './$types.ts';

export const GET: RequestHandler = (event) => reportCsv(event, requireActor(event, 'administrator'));
