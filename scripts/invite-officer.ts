/**
 * `npm run invite-officer -- --name 森和子 --role counterOfficer --commission kanagawa --office "神奈川県警察 運転免許センター"`:
 * prints the link by which the officer registers a passkey. Who is already known gets a new link;
 * with `--supervisor` he is one from now on. Needs the environment of .env.example.
 */
import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { openNationalLibrary } from '#lib/server/register/open-national-library.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE =
  'npm run invite-officer -- --name NAME --role counterOfficer|administrator --commission CODE [--office "OFFICE AS IN THE DATABASE"] [--supervisor] [--library "名前/NAME OF A NATIONAL LIBRARY"]';

const flags = readFlags(
  {
    name: { type: 'string' },
    role: { type: 'string', default: 'counterOfficer' },
    commission: { type: 'string' },
    office: { type: 'string' },
    supervisor: { type: 'boolean', default: false },
    library: { type: 'string' },
  },
  USAGE,
);

function fail(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  process.exit(1);
}

const { name, role, commission: commissionCode, office, library, supervisor } = flags;
if (!name || !commissionCode) fail('--name and --commission are needed.');
if (role !== 'counterOfficer' && role !== 'administrator') fail(`There is no role ${role}.`);
if (supervisor && role !== 'counterOfficer') fail('Only a counter officer can be a supervisor.');
if (!library && !COMMISSIONS.some(({ code }) => code === commissionCode))
  fail(`There is no commission ${commissionCode}.`);

const app = await createApp(parseConfig(process.env));
try {
  await seedCommissions(app);
  if (library) {
    const [nameJa = '', nameEn = nameJa] = library.split('/');
    await openNationalLibrary(app, { code: commissionCode, nameJa, nameEn });
  }
  const { url, expiresAt } = await inviteOfficer(app, {
    name,
    role,
    commissionCode,
    officeNameJa: office ?? null,
    isSupervisor: supervisor,
  });
  process.stdout.write(`${url}\n(one use, until ${expiresAt.toISOString()})\n`);
} catch (thrown) {
  if (!(thrown instanceof Refusal)) throw thrown;
  fail(
    thrown.code === 'not_found' ? 'There is no such office of this commission.' : `Refused: ${thrown.code}`,
  );
} finally {
  await app.close();
}
