/**
 * `npm run secrets:rotate`: wraps the secrets of videos and of pushes and the keys of pictures under WRAPPING_KEY, while everything runs (docs/storage.md). Ends with 0
 * when nothing is left under an old key, with 1 when some videos are being worked on: then it is run again later.
 */
import { createApp } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import { rotatePushSecrets } from '#lib/server/exchange/rotate-push-secrets.ts';
import { assertPictureKeysKnown, rotatePictureKeys } from '#lib/server/pictures/rotate-picture-keys.ts';
import { rotateSecrets } from '#lib/server/videos/rotate-secrets.ts';

const write = (line: string) => process.stdout.write(`${line}\n`);

const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  await assertPictureKeysKnown(app);
  const videos = await rotateSecrets(app, (count) => write(`rewrapped: ${count}`));
  const pictures = await rotatePictureKeys(app, (count) => write(`rewrapped pictures: ${count}`));
  const pushSecrets = await rotatePushSecrets(app);
  const rewrapped = videos.rewrapped + pictures.rewrapped + pushSecrets;
  const left = videos.left + pictures.left;
  write(`Under key ${videos.keyId} now: ${rewrapped} more. Left under other keys: ${left}.`);
  write(
    left === 0
      ? 'OLD_WRAPPING_KEYS can go.'
      : 'Videos are being worked on, or a server still has the old key. Keep OLD_WRAPPING_KEYS and run this again later.',
  );
  process.exitCode = left === 0 ? 0 : 1;
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
} finally {
  await app.close();
}
