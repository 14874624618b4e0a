/** `npm run record:sign`: once, after migration 0017: signs the records that were issued before there were proofs. May be run again. */
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { signUnsignedRecords } from '#lib/server/records/sign-unsigned-records.ts';

const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  const count = await signUnsignedRecords(app);
  process.stdout.write(`signed: ${count}\n`);
} finally {
  await app.close();
}
