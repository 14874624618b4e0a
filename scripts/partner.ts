/**
 * `npm run partner -- add|list|disable|enable|certificate|push|resume …`: the systems of the police that come in over the exchange
 * (docs/exchange.md). Needs the environment of .env.example.
 */
import { readFileSync } from 'node:fs';
import { Refusal } from '#lib/domain/refusal.ts';
import { createApp, type App } from '#lib/server/app.ts';
import { parseConfig } from '#lib/server/config.ts';
import {
  addPartner,
  addPartnerCertificate,
  listPartners,
  NewPartner,
  removePartnerCertificate,
  setPartnerDisabled,
  type PartnerView,
} from '#lib/server/exchange/change-partners.ts';
import { endPush, resumePush, setPush } from '#lib/server/exchange/set-push.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE = `npm run partner -- list
npm run partner -- add --name NAME --certificate FILE.pem --purposes register,completions [--commission CODE]
                   (without --commission: national)
npm run partner -- disable|enable --name NAME
npm run partner -- certificate --name NAME --certificate FILE.pem | --remove SHA256
npm run partner -- push --name NAME --url https://… | --end
npm run partner -- resume --name NAME`;

const [command = '', ...rest] = process.argv.slice(2);
process.argv.splice(2, process.argv.length, ...rest);
const flags = readFlags(
  {
    name: { type: 'string' },
    certificate: { type: 'string' },
    purposes: { type: 'string' },
    commission: { type: 'string' },
    remove: { type: 'string' },
    url: { type: 'string' },
    end: { type: 'boolean' },
  },
  USAGE,
);

const write = (line: string) => process.stdout.write(`${line}\n`);

function fail(reason: string): never {
  process.stderr.write(`${reason}\n${USAGE}\n`);
  process.exit(1);
}
const needed = (flag: 'name' | 'certificate' | 'url'): string => flags[flag] ?? fail(`--${flag} is needed.`);
const readPem = () => readFileSync(needed('certificate'), 'utf8');

function describe(partner: PartnerView): string[] {
  const state = partner.disabledAt === null ? 'enabled' : `disabled ${partner.disabledAt.toISOString()}`;
  const push =
    partner.pushUrl === null
      ? []
      : [
          `  push ${partner.pushUrl}: ${partner.pending} waiting, last answer ${partner.pushResult ?? '-'}` +
            ` at ${partner.pushTriedAt?.toISOString() ?? '-'}, failures ${partner.pushFailures}` +
            (partner.pushNextAt ? `, next ${partner.pushNextAt.toISOString()}` : '') +
            (partner.pushStoppedAt ? `, GIVEN UP ${partner.pushStoppedAt.toISOString()}` : ''),
        ];
  return [
    `${partner.name}: ${partner.commissionCode ?? 'national'}, ${partner.purposes.join(' ')}, ${state}`,
    ...partner.fingerprints.map((sha256) => `  certificate ${sha256}`),
    ...push,
  ];
}

const COMMANDS: Readonly<Record<string, (app: App) => Promise<void>>> = {
  async list(app) {
    for (const partner of await listPartners(app)) describe(partner).forEach(write);
  },
  async add(app) {
    await seedCommissions(app);
    const partner = NewPartner.safeParse({
      name: needed('name'),
      commissionCode: flags.commission ?? null,
      purposes: flags.purposes?.split(',') ?? [],
    });
    if (!partner.success) fail(`--${String(partner.error.issues[0]?.path[0] ?? 'name')} is not right.`);
    write(await addPartner(app, partner.data, readPem()));
  },
  disable: (app) => setPartnerDisabled(app, needed('name'), true),
  enable: (app) => setPartnerDisabled(app, needed('name'), false),
  certificate: (app) =>
    flags.remove === undefined
      ? addPartnerCertificate(app, needed('name'), readPem())
      : removePartnerCertificate(app, needed('name'), flags.remove),
  async push(app) {
    if (flags.end === true) return endPush(app, needed('name'));
    write(await setPush(app, needed('name'), needed('url')));
    write('This secret is not shown again. The partner checks every message by it (Standard Webhooks).');
  },
  resume: (app) => resumePush(app, needed('name')),
};

const run = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
if (run === undefined) fail(`There is no command ${command}.`);
const app = await createApp(parseConfig({ LOG_LEVEL: 'warn', ...process.env }));
try {
  await run(app);
} catch (thrown) {
  if (!(thrown instanceof Refusal)) throw thrown;
  fail(`Refused: ${thrown.code}`);
} finally {
  await app.close();
}
