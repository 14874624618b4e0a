/** `npm run demo [-- --fresh] [-- --full]`: all of Koshu on this machine, with named people and a real lecture. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { startStack, type Stack } from './demo/stack.ts';
import { namedPeople } from './named-people.ts';
import { terminalProgress } from './support/progress.ts';

const root = path.join(import.meta.dirname, '..');
const { values: flags } = parseArgs({
  options: {
    fresh: { type: 'boolean', default: false },
    full: { type: 'boolean', default: false },
    port: { type: 'string', default: process.env.PORT ?? '3000' },
  },
});
const progress = terminalProgress(process.stdout);

const ROLES = { counterOfficer: '窓口職員 / counter officer', administrator: '管理者 / administrator' };

function printAddresses({ origin, officers }: Pick<Stack, 'origin' | 'officers'>): void {
  progress.line();
  progress.line(`  受講者 / learners       ${origin}/sign-in`);
  progress.line();
  progress.line('  試験用カード / test cards (PIN)');
  for (const { nameJa, storyJa, pin } of namedPeople(tokyoDate(new Date()))) {
    progress.line(`    ${pin}  ${nameJa}  ${storyJa}`);
  }
  progress.line();
  progress.line(`  職員 / officers         ${origin}/officer/sign-in`);
  progress.line('  はじめは、次の招待リンクでパスキーを登録します / register a passkey first:');
  for (const { name, role, url } of officers) progress.line(`    ${name}(${ROLES[role]})  ${url}`);
  progress.line();
}

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

running.stack = await startStack({
  folder: path.join(root, '.data/demo'),
  port: Number(flags.port),
  isFresh: flags.fresh,
  isFull: flags.full,
  progress,
  onOpen: printAddresses,
});
progress.line();
progress.step('講習の用意ができました / the lectures are ready');
progress.line(`       ${running.stack.origin}   (Ctrl-C で止まります / Ctrl-C stops)`);
