/** `npm run demo [-- --fresh] [-- --full]`: all of Koshu on this machine, with named people and a real lecture. */
import path from 'node:path';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { addressLines } from './demo/address-lines.ts';
import { startStack, type Stack } from './demo/stack.ts';
import { namedPeople } from './named-people.ts';
import { isPortTaken } from './support/free-port.ts';
import { terminalProgress } from './support/progress.ts';
import { readFlags } from './support/read-flags.ts';

const root = path.join(import.meta.dirname, '..');
const flags = readFlags(
  {
    fresh: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env.PORT ?? '3000' },
  },
  'npm run demo -- [--fresh] [--full] [--port NUMBER]',
);
const progress = terminalProgress(process.stdout);

const running: { stack?: Stack } = {};
let isStopping = false;
const stop = async () => {
  if (isStopping) return;
  isStopping = true;
  progress.line('\n止めています… / stopping…');
  await running.stack?.stop();
  process.exit(0);
};
process.on('SIGINT', () => void stop());
process.on('SIGTERM', () => void stop());

const port = Number(flags.port);
if (!Number.isInteger(port) || port < 1 || port > 65_535 || (await isPortTaken(port))) {
  progress.line(
    `ポート ${flags.port} は使えません。npm run demo -- --port 4000 のように、別の番号を選んでください。`,
  );
  progress.line(`Port ${flags.port} cannot be used. Choose another one: npm run demo -- --port 4000`);
  process.exit(1);
}
running.stack = await startStack({
  // Lectures of the legal length are another world than shortened ones.
  folder: path.join(root, flags.full ? '.data/demo-full' : '.data/demo'),
  port,
  isFresh: flags.fresh,
  isFull: flags.full,
  progress,
  onOpen: (stack) => {
    for (const line of addressLines(stack, namedPeople(tokyoDate(new Date())))) progress.line(line);
  },
});
progress.line();
progress.step('講習の用意ができました / the lectures are ready');
progress.line(`       ${running.stack.origin}   (Ctrl-C で止まります / Ctrl-C stops)`);
