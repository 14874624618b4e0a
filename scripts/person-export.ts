/**
 * `npm run person:export -- --licence N [--to FOLDER]`: all that Koshu holds of a person (docs/privacy.md). Ends with 0, or with 1 when
 * there is no such person.
 */
import { mkdir, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { readLicenceNumber } from '#lib/domain/people/licence-number.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { exportPerson } from '#lib/server/persons/export-person.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE = `npm run person:export -- --licence N [--to FOLDER]
  --licence N    the licence number, 12 digits
  --to FOLDER    where to write it (person-… here); must not be there yet`;
const FOLDER_MODE = 0o700;
const FILE_MODE = 0o600;

const { licence, to } = readFlags({ licence: { type: 'string' }, to: { type: 'string' } }, USAGE);
const licenceNumber = readLicenceNumber(licence ?? '');
if (licenceNumber === undefined) {
  process.stderr.write(`--licence N is needed: 12 digits\n${USAGE}\n`);
  process.exit(2);
}

const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  const { driverId, data, pictures } = await exportPerson(app, licenceNumber);
  const folder = path.resolve(to ?? `person-${driverId}`);
  await mkdir(folder, { mode: FOLDER_MODE });
  const json = `${JSON.stringify({ exportedAt: app.clock.now(), ...data }, null, 2)}\n`;
  await writeFile(path.join(folder, 'person.json'), json, { mode: FILE_MODE });
  for (const { name, bytes } of pictures)
    await writeFile(path.join(folder, name), bytes, { mode: FILE_MODE });
  process.stdout.write(`${folder}\nperson.json and ${pictures.length} pictures\n`);
} catch (fault) {
  const isUnknown = fault instanceof Refusal && fault.code === 'not_found';
  process.stderr.write(
    isUnknown ? 'Nobody in the register has this licence number.\n' : `${String(fault)}\n`,
  );
  process.exitCode = isUnknown ? 1 : 2;
} finally {
  await app.close();
}
