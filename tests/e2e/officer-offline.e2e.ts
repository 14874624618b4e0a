import { expect, test, type BrowserContext, type Page } from '@playwright/test';
import { decodeBase45, encodeBase45 } from '#lib/proof/base45.ts';
import {
  makeProof,
  PROOF_PREFIX,
  verifyProof,
  type ProofKey,
  type RevokedRecords,
} from '#lib/proof/proof.ts';
import { CLAIMS, makeProofSigner } from '../support/test-proof.ts';
import { completeLecture, signedBy, signInOfficer } from './support/counter.ts';
import { look } from './support/look.ts';
import { startOwnServer, type OwnServer } from './support/own-server.ts';
import { holdQr, holdScreenshot, QR_CAMERA } from './support/qr-camera.ts';

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--use-fake-device-for-media-stream',
  '--use-fake-ui-for-media-stream',
];
test.use({
  launchOptions: {
    executablePath: process.env.CHROMIUM_PATH ?? '/usr/bin/chromium',
    args: [...FLAGS, `--use-file-for-fake-video-capture=${QR_CAMERA}`],
  },
});
// One story about one terminal; the second tells what a supervisor finds.
test.describe.configure({ mode: 'serial' });

let server: OwnServer;
test.beforeAll(async () => {
  server = await startOwnServer({});
});
test.afterAll(() => server.close());

/** An officer opens the counter in a browser of his own, and the terminal has got ready for the time without a line. */
async function openCounter(page: Page, officer: { name: string; isSupervisor?: boolean }): Promise<void> {
  await signInOfficer(server, page.context(), officer);
  await page.goto(`${server.origin}/counter`);
  await waitUntilReady(page);
}

const waitUntilReady = (page: Page): Promise<unknown> =>
  page.waitForFunction(async () => {
    const { active } = await navigator.serviceWorker.ready;
    if (active?.state !== 'activated') return false;
    const request = indexedDB.open('koshu-counter');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const facts = request.result.transaction('facts').objectStore('facts').get('facts');
    await new Promise((resolve) => (facts.onsuccess = resolve));
    request.result.close();
    return facts.result !== undefined;
  });

/** What is before the camera is read, and answered in words. */
async function scan(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'カメラで QR コードを読み取る' }).click();
  await page.getByRole('button', { name: 'カメラを始める' }).click();
  await expect(page.getByRole('button', { name: 'カメラを止める' })).toHaveCount(0);
}

async function decide(page: Page, licenceNumber: string): Promise<void> {
  await page.getByLabel('来た方の免許証番号').fill(licenceNumber);
  await expect(page.getByText('この記録の本人の番号です')).toBeVisible();
  await page.getByLabel('同じ人と確かめた。受理する').check();
  await page.getByRole('button', { name: '判断をこの端末に残す' }).click();
  await expect(page.getByText('この端末に残しました')).toBeVisible();
}

/** A second decision that waits, marked as refused, as `sendWaiting` leaves it behind. */
const keepRefused = (page: Page): Promise<void> =>
  page.evaluate(async () => {
    const request = indexedDB.open('koshu-counter');
    await new Promise((resolve) => (request.onsuccess = resolve));
    const store = request.result.transaction('decisions', 'readwrite').objectStore('decisions');
    const all = store.getAll();
    await new Promise((resolve) => (all.onsuccess = resolve));
    const put = store.put({ ...(all.result[0] as object), id: crypto.randomUUID(), isRefused: true });
    await new Promise((resolve) => (put.onsuccess = resolve));
    request.result.close();
  });

/** What the terminal fetches checks a proof by itself, and says nothing of anybody. */
async function expectPublicFacts(page: Page, [proof, voided]: [string, string]): Promise<void> {
  const read = async (file: string) =>
    (await page.request.get(`${server.origin}/counter/${file}.json`)).json() as Promise<object>;
  const [{ keys }, revoked] = [
    (await read('proof-keys')) as { keys: ProofKey[] },
    (await read('revoked')) as RevokedRecords,
  ];
  expect(keys.map((key) => Object.keys(key).sort())).toContainEqual(['crv', 'kid', 'kty', 'x', 'y']);
  const now = new Date(revoked.asOf);
  expect(Math.abs(Date.now() - now.getTime())).toBeLessThan(60_000);
  expect(await verifyProof(proof, { keys, revoked: new Set(), now })).toMatchObject({ kind: 'valid' });
  expect(Object.keys(revoked).sort()).toEqual(['asOf', 'recordNumbers']);
  expect(revoked.recordNumbers).toContain(voided);
  expect(revoked.recordNumbers.every((number) => /^K\d{10}[0-9A-Z*]$/.test(number))).toBe(true);
}

/** One bit of the signature is another one. */
function withAnotherByte(proof: string): string {
  const bytes = decodeBase45(proof.slice(PROOF_PREFIX.length))!;
  bytes[bytes.length - 1]! ^= 1;
  return PROOF_PREFIX + encodeBase45(bytes);
}

const newPerson = async (context: BrowserContext) =>
  completeLecture(server.app, await server.newLearner(context));

test('without a line an officer reads QR codes by camera, refuses what is no good in words, and decides @pc', async ({
  page,
  context,
  browser,
}) => {
  const others = await browser.newContext();
  const person = await newPerson(others);
  const voided = await newPerson(others);
  await server.app.db
    .updateTable('completionRecord')
    .set({ state: 'voided' })
    .where('recordNumber', '=', voided.recordNumber)
    .execute();
  await openCounter(page, { name: '回線 待子' });

  await expectPublicFacts(page, [person.proof, voided.recordNumber]);

  await context.setOffline(true);
  await page.goto(`${server.origin}/counter`);
  await expect(page.getByRole('heading', { name: '回線がない間の窓口' })).toBeVisible();
  await expect(page.getByText('無効・使用済みの一覧は')).toContainText(/\d{4}年.*現在/);
  await expect(page.getByText('署名を確かめる鍵は')).toContainText(/\d{4}年/);

  const forger = await makeProofSigner('forger-1');
  for (const [qr, answer] of [
    [voided.proof, '無効または使用済みの記録です'],
    [await signedBy(server.app, { ...CLAIMS, periodEnd: '2026-01-04' }), '更新期間が過ぎています'],
    [await makeProof(CLAIMS, forger), 'このシステムが出した QR コードではありません'],
    [person.proof.slice(0, 60), '読み取れません'],
    [withAnotherByte(person.proof), '書きかえられたおそれ'],
    ['https://example.org/', '読み取れません'],
  ] as const) {
    holdQr(qr);
    await scan(page);
    await expect.soft(page.getByRole('alert').last()).toContainText(answer);
    await expect(page.getByRole('button', { name: '判断をこの端末に残す' })).toHaveCount(0);
  }
  await look(page, 'counter-offline-refused');

  holdQr(person.proof);
  await scan(page);
  await expect(page.getByText('署名は正しく、更新期間の中です')).toBeVisible();
  await page.getByLabel('来た方の免許証番号').fill(voided.licenceNumber);
  await expect(page.getByText('この記録の本人の番号ではありません')).toBeVisible();
  await expect(page.getByLabel('同じ人と確かめた。受理する')).toBeDisabled();
  await decide(page, person.licenceNumber);
  await expect(page.getByRole('heading', { name: '送信を待っている判断 1件' })).toBeVisible();
  await look(page, 'counter-offline-kept');

  // What the server would not take (a supervisor has gone through it) is removed by hand, and by nothing else.
  await keepRefused(page);
  await page.reload();
  await page.getByText('この端末から消す').click();
  await page.getByRole('button', { name: '監督者と確かめました。消す' }).click();
  await expect(page.getByRole('heading', { name: '送信を待っている判断 1件' })).toBeVisible();

  await context.setOffline(false);
  await page.getByRole('link', { name: '回線が戻ったら、通常の窓口へ' }).click();
  await expect(page.getByText('回線がない間の判断 1件を送りました')).toBeVisible();
  await page.goto(`${server.origin}/counter/records/${person.recordNumber}`);
  await expect(page.getByText('受理されています')).toBeVisible();
  await expect(page.getByText(/回線がない間の判断\(.+に届きました\)/)).toBeVisible();
  await look(page, 'counter-offline-history');
  await others.close();

  // In the officer's language, which the terminal has kept since he chose it.
  await context.addCookies([{ name: 'koshu-locale', value: 'en', url: server.origin }]);
  await page.goto(`${server.origin}/counter`);
  await page.waitForFunction(() => navigator.serviceWorker.controller?.scriptURL.endsWith('locale=en'));
  await context.setOffline(true);
  await page.goto(`${server.origin}/counter`);
  await expect(page.getByRole('heading', { name: 'The counter without a line' })).toBeVisible();
  await page.getByRole('button', { name: 'Scan the QR code with the camera' }).click();
  await look(page, 'counter-offline-english');
});

test('a record that two counters accept while the server is away is flagged to their supervisors @pc', async ({
  page,
  browser,
}) => {
  const learner = await browser.newContext();
  const person = await newPerson(learner);
  const screen = await learner.newPage();
  await screen.goto(`${server.origin}/record`);
  holdScreenshot(await screen.getByRole('img', { name: '修了記録のQRコード' }).screenshot());
  const elsewhere = await (await browser.newContext({ permissions: ['camera'], locale: 'ja-JP' })).newPage();
  await openCounter(page, { name: '窓口 一郎', isSupervisor: true });
  await openCounter(elsewhere, { name: '窓口 二郎' });

  await server.kill();
  for (const terminal of [page, elsewhere]) {
    await terminal.goto(`${server.origin}/counter`);
    await expect(terminal.getByRole('heading', { name: '回線がない間の窓口' })).toBeVisible();
    await scan(terminal);
    await decide(terminal, person.licenceNumber);
  }
  await server.start();

  await elsewhere.goto(`${server.origin}/counter`);
  await expect(elsewhere.getByText('回線がない間の判断 1件を送りました')).toBeVisible();
  await page.goto(`${server.origin}/counter`);
  await expect(page.getByText('1件は、ほかの処理と食いちがっています')).toBeVisible();
  await page.getByRole('link', { name: /^食いちがい [1-9]\d*件$/ }).click();
  const conflict = page.getByRole('listitem').filter({ hasText: '二度、受理された' });
  await expect(conflict).toContainText('窓口 一郎');
  await look(page, 'counter-conflicts');
  await conflict.getByLabel('確かめた内容と処理').fill('一郎さんの窓口では使っていません。');
  await conflict.getByRole('button', { name: '確認済みにする' }).click();
  await expect(page.getByText('確認済み(窓口 一郎)')).toBeVisible();
});
