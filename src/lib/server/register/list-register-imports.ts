import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { listImports } from './register.queries.ts';

const NEWEST = 30;

export interface RegisterImportView {
  readonly id: string;
  readonly importedAt: Date;
  readonly fileName: string;
  readonly rowCount: number;
  /** null: taken over by the system itself. */
  readonly importedByName: string | null;
}

/** The newest imports, the last one first. */
export function listRegisterImports(app: App, _administrator: Administrator): Promise<RegisterImportView[]> {
  return listImports(app.db, NEWEST);
}
