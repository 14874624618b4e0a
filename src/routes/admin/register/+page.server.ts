import { fail } from '@sveltejs/kit';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { requireActor } from '#lib/http/guards.ts';
import { refusalStatus, viewRefusal } from '#lib/http/refusals.ts';
import { m } from '#lib/paraglide/messages.js';
import { countMissing } from '#lib/server/register/count-missing.ts';
import { importRegister } from '#lib/server/register/import-register.ts';
import { listRegisterImports } from '#lib/server/register/list-register-imports.ts';
import { RegisterFileRefusal, type RegisterFault } from '#lib/server/register/register-faults.ts';
import type { Actions, PageServerLoad } from './$types.ts';
import { describeFormat } from './format-words.ts';

// What a form adds around the file: boundaries and headers.
const FORM_OVERHEAD_BYTES = 16 * 1024;

export const load: PageServerLoad = async (event) => {
  const administrator = requireActor(event, 'administrator');
  const { app } = event.locals;
  const [imports, missingCount] = await Promise.all([
    listRegisterImports(app, administrator),
    countMissing(app, administrator),
  ]);
  return { imports, missingCount, format: describeFormat() };
};

const viewFault = ({ line, column, code, firstLine = 0 }: RegisterFault) => ({
  line,
  column,
  words: m[`admin_register_fault_${code}`]({ firstLine }),
});

/** The chosen file, whose size is looked at before it is read. */
async function readFile(request: Request): Promise<{ fileName: string; bytes: Uint8Array }> {
  const announced = request.headers.get('content-length');
  if (announced === null) throw new Refusal('malformed', { field: 'file' });
  if (Number(announced) > LIMITS.importMaxBytes + FORM_OVERHEAD_BYTES) throw new Refusal('import_too_large');
  const file = (await request.formData()).get('file');
  if (!(file instanceof File)) throw new Refusal('malformed', { field: 'file' });
  if (file.size === 0) throw new Refusal('import_empty');
  return { fileName: file.name.slice(0, 255), bytes: await file.bytes() };
}

export const actions: Actions = {
  default: async (event) => {
    const administrator = requireActor(event, 'administrator');
    try {
      const file = await readFile(event.request);
      const { rowCount } = await importRegister(event.locals.app, administrator, file);
      return { imported: { rowCount, fileName: file.fileName } };
    } catch (thrown) {
      if (!(thrown instanceof Refusal)) throw thrown;
      return fail(refusalStatus(thrown.code), {
        refusal: viewRefusal(thrown),
        faults: thrown instanceof RegisterFileRefusal ? thrown.faults.map(viewFault) : [],
        faultCount: Number(thrown.detail['count'] ?? 0),
        unreadableLine: thrown.code === 'import_unreadable' ? Number(thrown.detail['line'] ?? 0) : 0,
      });
    }
  },
};
