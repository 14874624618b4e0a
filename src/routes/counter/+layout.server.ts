import { requireActor } from '#lib/http/guards.ts';
import { menuOf } from '#lib/http/menu.ts';
import { m } from '#lib/paraglide/messages.js';
import { countReferredFor } from '#lib/server/records/list-referred.ts';
import { countConflictsFor } from '#lib/server/records/offline-conflicts.ts';
import type { LayoutServerLoad } from './$types.ts';

export const load: LayoutServerLoad = async (event) => {
  const officer = requireActor(event, 'counterOfficer');
  // Terminal.svelte asks for them again when it has sent what was decided without a line.
  event.depends('counter:waiting');
  const { app } = event.locals;
  /** How many records, and how many disagreements, wait for this officer as a supervisor. */
  const [referred, conflicts] = await Promise.all([
    countReferredFor(app, officer),
    countConflictsFor(app, officer),
  ]);
  const supervisors = [
    { href: '/counter/referred', label: m.counter_referred_link({ count: referred }) },
    { href: '/counter/conflicts', label: m.counter_conflicts_link({ count: conflicts }) },
    { href: '/counter/reports', label: m.report_nav() },
  ];
  return { menu: [...menuOf('counterOfficer'), ...(officer.isSupervisor ? supervisors : [])] };
};
