import { loadReport } from '#lib/http/counter-report.ts';
import { requireActor } from '#lib/http/guards.ts';
import type { PageServerLoad } from './$types.ts';

export const load: PageServerLoad = (event) => loadReport(event, requireActor(event, 'administrator'));
