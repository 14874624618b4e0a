/**
 * `npm run person:delete -- --licence N [--yes] [--anyway]`: takes a person out of Koshu (docs/privacy.md). Ends with 0 when it is done, with
 * 1 when it is refused or not confirmed; it can be run again after it was cut off.
 */
import { createInterface } from 'node:readline/promises';
import { readLicenceNumber } from '#lib/domain/people/licence-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { deletePerson, PersonNeeded } from '#lib/server/persons/delete-person.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE = `npm run person:delete -- --licence N [--yes] [--anyway]
  --licence N    the licence number, 12 digits
  --yes          do not ask
  --anyway       also while a lecture is in its renewal period and its record is not used`;

const flags = readFlags(
  {
    licence: { type: 'string' },
    yes: { type: 'boolean', default: false },
    anyway: { type: 'boolean', default: false },
  },
  USAGE,
);
const licenceNumber = readLicenceNumber(flags.licence ?? '');
if (licenceNumber === undefined) {
  process.stderr.write(`--licence N is needed: 12 digits\n${USAGE}\n`);
  process.exit(2);
}

async function isConfirmed(): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stdout });
  process.stdout.write(
    'This takes the person, his pictures and his ways to sign in out of Koshu, for good.\n',
  );
  const typed = await terminal.question('Type the licence number again: ');
  terminal.close();
  return readLicenceNumber(typed) === licenceNumber;
}

if (!flags.yes && !(await isConfirmed())) {
  process.stderr.write('Not the same number. Nothing was deleted.\n');
  process.exit(1);
}
const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  const { driverId, photos } = await deletePerson(app, { licenceNumber, isAnyway: flags.anyway });
  process.stdout.write(`Deleted, with ${photos} photos. Ledgers and audit trail know only: ${driverId}\n`);
} catch (fault) {
  if (fault instanceof PersonNeeded) process.stderr.write(`Refused: ${fault.message}. --anyway does it.\n`);
  else if (fault instanceof Refusal)
    process.stderr.write('Nobody in the register has this licence number.\n');
  else throw fault;
  process.exitCode = 1;
} finally {
  await app.close();
}
