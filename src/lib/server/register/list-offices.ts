import type { App } from '../app.ts';
import { listAllOffices } from './register.queries.ts';

export type OfficeView = Awaited<ReturnType<typeof listOffices>>[number];

/** Every place with a counter, by commission. */
export function listOffices(app: App) {
  return listAllOffices(app.db);
}
