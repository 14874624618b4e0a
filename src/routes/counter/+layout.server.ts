import { requireActor } from '#lib/http/guards.ts';
import { menuOf } from '#lib/http/menu.ts';
import { m } from '#lib/paraglide/messages.js';
import { countReferredFor } from '#lib/server/records/list-referred.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  /** How many records wait for this officer as a supervisor. */
  const count = await countReferredFor(event.locals.app, officer);
  const supervisors = [
    { href: '/counter/referred', label: m.counter_referred_link({ count }) },
    { href: '/counter/conflicts', label: m.counter_conflicts_nav() },
    { href: '/counter/reports', label: m.report_nav() },
  ];
  return { menu: [...menuOf('counterOfficer'), ...(officer.isSupervisor ? supervisors : [])] };
};
