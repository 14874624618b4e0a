/**
 * `npm run secrets:rotate`: wraps the secret of every video under WRAPPING_KEY, while everything runs (docs/storage.md). Ends with 0
 * when nothing is left under an old key, with 1 when some videos are being worked on: then it is run again later.
 */
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { rotateSecrets } from '#lib/server/videos/rotate-secrets.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);

const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  const { keyId, rewrapped, left } = await rotateSecrets(app, (count) => write(`rewrapped: ${count}`));
  write(`Under key ${keyId} now: ${rewrapped} more. Left under other keys: ${left}.`);
  write(
    left === 0
      ? 'OLD_WRAPPING_KEYS can go.'
      : 'Videos are being worked on. Keep OLD_WRAPPING_KEYS and run this again when they are ready.',
  );
  process.exitCode = left === 0 ? 0 : 1;
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
} finally {
  await app.close();
}
