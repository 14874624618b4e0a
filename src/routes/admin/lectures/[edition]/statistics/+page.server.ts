import type { PageServerLoad } from './$types.ts';
import { loadStatistics } from './load-statistics.ts';

export const load: PageServerLoad = (event) => loadStatistics(event);
