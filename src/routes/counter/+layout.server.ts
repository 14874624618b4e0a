import { requireActor } from '#lib/http/guards.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = (event) => {
  requireActor(event, 'counterOfficer');
};
