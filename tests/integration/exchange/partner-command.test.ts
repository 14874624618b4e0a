import { execFile } from 'node:child_process';
import { X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { environmentOf } from '../../support/test-app.ts';
import { openDesk, type Desk } from './exchange-desk.ts';
import { ask, makePartnerCard, type PartnerCard } from '../../support/partner-card.ts';

const SCRIPT = path.join(import.meta.dirname, '../../../scripts/partner.ts');
const run = promisify(execFile);
let desk: Desk;
let card: PartnerCard;
beforeAll(async () => {
  desk = await openDesk();
  card = await makePartnerCard(desk.authority);
  writeFileSync(path.join(desk.folder, 'aichi.pem'), card.cert);
});
afterAll(() => desk.close());

const partner = async (...words: string[]) => {
  const env = { ...process.env, ...environmentOf(desk.app) };
  return (await run(process.execPath, [SCRIPT, ...words], { env })).stdout;
};

it('an operator registers a partner, sees the state of his push, and shuts him out', async () => {
  const name = ['--name', '愛知県警察'];
  const certificate = ['--certificate', path.join(desk.folder, 'aichi.pem')];
  await partner('add', ...name, '--commission', 'aichi', '--purposes', 'completions', ...certificate);
  expect((await ask(desk, card, { path: '/api/completions' })).status).toBe(200);
  expect(await partner('push', ...name, '--url', 'http://127.0.0.1:9/koshu')).toMatch(/^whsec_[\w+/]{43}=\n/);
  const sha256 = new X509Certificate(card.cert).fingerprint256.replaceAll(':', '').toLowerCase();
  expect(await partner('list')).toBe(
    `愛知県警察: aichi, completions, enabled\n  certificate ${sha256}\n` +
      '  push http://127.0.0.1:9/koshu: 0 waiting, last answer - at -, failures 0\n',
  );
  await partner('disable', ...name);
  expect((await ask(desk, card, { path: '/api/completions' })).status).toBe(403);
  const twice = partner('add', ...name, '--purposes', 'register', ...certificate);
  await expect(twice).rejects.toMatchObject({ code: 1, stderr: expect.stringContaining('partner_exists') });
});
