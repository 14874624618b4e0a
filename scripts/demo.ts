/** `npm run demo [-- --fresh] [-- --full]`: all of Koshu on this machine, with named people and a real lecture. */
import path from 'node:path';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
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

const ROLES = {
  counterOfficer: '窓口職員 / counter officer',
  supervisor: '窓口職員(監督者)/ supervisor',
  administrator: '管理者 / administrator',
};

function printAddresses({
  origin,
  officers,
  authenticationAppIssuer,
  cardHost,
}: Pick<Stack, 'origin' | 'officers' | 'authenticationAppIssuer' | 'cardHost'>): void {
  progress.line();
  progress.line(`  受講者 / learners       ${origin}/sign-in`);
  progress.line();
  progress.line('  試験用カード / test cards (PIN)');
  for (const { nameJa, storyJa, pin } of namedPeople(tokyoDate(new Date()))) {
    progress.line(`    ${pin}  ${nameJa}  ${storyJa}`);
  }
  progress.line();
  progress.line('  デジタル認証アプリ(試験用)/ authentication app for trials');
  progress.line(`    ${authenticationAppIssuer}`);
  progress.line();
  progress.line(`  カードリーダー / card reader  ${cardHost.origin}`);
  progress.line('    ブラウザーが警告します。次の認証局を入れると、出なくなります(docs/card-host.md)。');
  progress.line('    The browser warns unless you install this authority (docs/card-host.md):');
  progress.line(`      ${cardHost.authorityFile}`);
  progress.line(
    '    カードの代わりに入れる証明書(パスワードは暗証番号)/ instead of a card (password: the PIN):',
  );
  progress.line(`      ${cardHost.cardsDir}/hanako.p12`);
  progress.line();
  progress.line(`  職員 / officers         ${origin}/officer/sign-in`);
  progress.line('  はじめは、次の招待リンクでパスキーを登録します / register a passkey first:');
  for (const { name, role, isSupervisor, url } of officers) {
    progress.line(`    ${name}(${ROLES[isSupervisor ? 'supervisor' : role]})  ${url}`);
  }
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
  onOpen: printAddresses,
});
progress.line();
progress.step('講習の用意ができました / the lectures are ready');
progress.line(`       ${running.stack.origin}   (Ctrl-C で止まります / Ctrl-C stops)`);
