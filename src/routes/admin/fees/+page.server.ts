import { parseForm } from '#lib/http/forms.ts';
import { requireActor } from '#lib/http/guards.ts';
import { attempt } from '#lib/http/refusals.ts';
import { addFeeTable, AddFeeTable } from '#lib/server/fees/add-fee-table.ts';
import { listFeeTables } from '#lib/server/fees/list-fee-tables.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  return listFeeTables(event.locals.app, administrator);
};

export const actions: Actions = {
  default: (event) =>
    attempt(async () => {
      const administrator = requireActor(event, 'administrator');
      const input = await parseForm(event.request, AddFeeTable, ['renewalYen']);
      await addFeeTable(event.locals.app, administrator, input);
      return { isSaved: true };
    }),
};
