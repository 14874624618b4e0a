import { readFileSync } from 'node:fs';
import { expect, test, type Page } from '@playwright/test';
import iconv from 'iconv-lite';
import { makeVideoFolder } from '../support/small-videos.ts';
import { agree, answerAndTakePhoto, answerSurvey } from './support/lecture.ts';
import { look } from './support/look.ts';
import { registerPasskey } from './support/officers.ts';
import { PADDING_BYTES, pauseAndGoOn } from './support/paused-upload.ts';
import { signIn } from './support/sign-in.ts';
import { position } from './support/watching.ts';

const videos = makeVideoFolder();
test.afterAll(() => videos.remove());

const CAPTIONS = 'WEBVTT\n\n00:01.000 --> 00:04.000\n見本の字幕です。\n';

/** `seconds`: longer than the shortened legal minutes of the class, 60 or 30 min × 0.0333. */
interface Cast {
  readonly administrator: string;
  readonly colleague: string;
  readonly lecture: string;
  readonly seconds: number;
}
// Kanagawa has its sample lectures; Tokyo begins with nothing, and has a learner who waits for one.
const CAST: Record<string, Cast> = {
  phone: {
    administrator: 'administrator-kanagawa',
    colleague: 'colleague-kanagawa',
    lecture: '一般運転者講習(見本)',
    seconds: 122,
  },
  pc: {
    administrator: 'administrator-tokyo',
    colleague: 'colleague-tokyo',
    lecture: '優良運転者講習(見本)',
    seconds: 62,
  },
};

/** The colleague looks at the edition as a learner does, jumping to the end of the video, and answers its question. */
async function preview(page: Page, editionAddress: string, { colleague, seconds }: Cast): Promise<void> {
  await registerPasskey(page, colleague);
  await page.goto(`${editionAddress}/preview`);
  await look(page, 'admin-preview');
  await page.getByRole('link', { name: 'はじめから見る' }).click();
  await page.getByRole('button', { name: /見る$/ }).click();
  await expect.poll(() => position(page), { timeout: 60_000 }).toBeGreaterThan(0.5);
  await look(page, 'admin-preview-watch');
  await page.getByRole('slider', { name: '見る位置' }).fill(String(seconds - 3));
  await expect(page).toHaveURL(/\/question/, { timeout: 60_000 });
  await page.getByLabel('止まる').check();
  await look(page, 'admin-preview-question');
  await page.getByRole('button', { name: '答える' }).click();
  await expect(page.getByText('あなたの答えで確かめられました')).toBeVisible();
  await look(page, 'admin-preview-answer');
  await page.getByRole('link', { name: '顔写真の説明へ' }).click();
  await look(page, 'admin-preview-photo');
  await page.getByRole('link', { name: 'アンケートへ' }).click();
  await look(page, 'admin-preview-survey');
}

/** A learner begins on what was published; it is withdrawn while he watches; he goes on to his record. */
async function withdrawWhileWatching(page: Page, learner: Page, { seconds }: Cast): Promise<void> {
  await signIn(learner, 'makoto');
  await agree(learner);
  await learner.getByRole('link', { name: '講習を始める' }).click();
  await learner.getByRole('button', { name: /見る$/ }).click();
  await expect.poll(() => position(learner), { timeout: 60_000 }).toBeGreaterThan(1);

  await page.reload();
  await expect(page.getByText('この版で受講中の人: 1人')).toBeVisible();
  await page.getByRole('link', { name: '公開を終了する' }).click();
  await look(page, 'admin-withdraw');
  await page.getByLabel('終了の理由').fill('見本の動画に誤りがあったため');
  await page.getByLabel(/受講者への影響を読みました/).check();
  await page.getByRole('button', { name: /第\d+版の公開を終了する/ }).click();
  await expect(page.getByText('見本の動画に誤りがあったため')).toBeVisible();
  await page.locator('summary').filter({ hasText: '変更の履歴' }).click();
  await expect(page.getByRole('cell', { name: '公開を終了しました(受講中 1人)' })).toBeVisible();
  await look(page, 'admin-edition-withdrawn');

  await expect(learner).toHaveURL(/\/question$/, { timeout: seconds * 1_000 + 60_000 });
  await answerAndTakePhoto(learner);
  await learner.getByRole('link', { name: 'アンケートに答える' }).click();
  await answerSurvey(learner);
}

test('an administrator imports the register, uploads videos, composes an edition, has it checked and publishes it', async ({
  page,
  browser,
}, info) => {
  test.setTimeout(420_000);
  const cast = CAST[info.project.name]!;
  const { administrator, lecture, seconds } = cast;
  await registerPasskey(page, administrator);
  await look(page, 'admin');

  await test.step('a register file with mistakes is refused with each line named, and nothing is imported', async () => {
    await page.goto('/admin/register');
    const download = page.waitForEvent('download');
    await page.getByRole('link', { name: '見本のファイルを保存する' }).click();
    const sample = readFileSync(await (await download).path(), 'utf8').replace(/^\uFEFF/, '');
    const [header = '', first = ''] = sample.split(/\r?\n/);
    const wrong = [header, first.replace(/\d{4}-\d{2}-\d{2}/, '2026-02-30'), first].join('\r\n');
    const file = (buffer: Buffer) => ({ name: 'register.csv', mimeType: 'text/csv', buffer });
    await page.locator('input[type=file]').setInputFiles(file(Buffer.from(wrong)));
    await page.getByRole('button', { name: '取り込む' }).click();
    await expect(page.getByRole('cell', { name: '暦にない日付です。' })).toBeVisible();
    await look(page, 'admin-register-faults');

    await page
      .locator('input[type=file]')
      .setInputFiles(file(iconv.encode(`${header}\r\n${first}\r\n`, 'shift_jis')));
    await page.getByRole('button', { name: '取り込む' }).click();
    await expect(page.getByText('1 人の登録情報を取り込みました')).toBeVisible();
  });

  await test.step('an upload that was paused and left goes on where it stopped', async () => {
    const small = await videos.make({ name: 'paused.mp4', size: '160x120' });
    await pauseAndGoOn(page, await videos.pad(small, PADDING_BYTES));
  });

  await test.step('files that are no video are refused in words, a video becomes ready', async () => {
    await page.goto('/admin/videos');
    await page
      .locator('input[type=file]')
      .setInputFiles([
        await videos.write('letter.mp4', 'this is no video'.repeat(1_000)),
        await videos.make({ name: 'silent.mp4', sound: 0 }),
        await videos.make({ name: 'long.mp4', seconds, size: '160x120', framesPerSecond: 5 }),
      ]);
    await page.getByRole('button', { name: 'アップロードする' }).click();
    await look(page, 'admin-videos-moving');
    await expect(page.getByText('動画として読めないファイルでした')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByText('音声が入っていません')).toBeVisible({ timeout: 60_000 });
    const long = page.getByRole('listitem').filter({ hasText: 'long' });
    await expect(long.getByText('講習に使えます')).toBeVisible({ timeout: 120_000 });
    await look(page, 'admin-videos');
  });

  await test.step('an edition that lacks something cannot be published, a whole one can', async () => {
    await page.goto('/admin/lectures');
    if (administrator === 'administrator-tokyo') {
      await page.getByRole('link', { name: '講習を作る' }).first().click();
      await page.getByRole('radio', { name: '優良運転者講習' }).check();
      await page.getByLabel('題名(日本語)').fill(lecture);
      await page.getByLabel('題名(英語)').fill('Lecture for excellent drivers (sample)');
      await page.getByRole('button', { name: 'この内容で作る' }).click();
      await expect(page).toHaveURL(/\/admin\/lectures$/);
    }
    await look(page, 'admin-lectures');
    const own = page.locator('section, li, article').filter({ hasText: lecture }).last();
    await own.getByRole('button', { name: '空の版を作る' }).click();
    await page.getByRole('button', { name: '章を加える' }).click();
    await expect(page).toHaveURL(/\/chapters\//);
    await page.getByRole('link', { name: '版の内容へもどる' }).click();
    await page.getByRole('link', { name: '公開の準備をする' }).click();
    await expect(page.getByText(/か所を直してください/)).toBeVisible();
    await expect(page.getByRole('button', { name: /公開する/ })).toHaveCount(0);
    await look(page, 'admin-publish-faults');

    await page.getByRole('link', { name: '版の内容へもどって直す' }).click();
    await page.getByRole('link', { name: '編集する' }).click();
    await page.getByLabel('題名(日本語)').fill('見本の章');
    const choice = await page
      .getByLabel('この章の動画')
      .locator('option', { hasText: 'long' })
      .getAttribute('value');
    await page.getByLabel('この章の動画').selectOption(choice);
    const captions = { name: 'captions.vtt', mimeType: 'text/vtt', buffer: Buffer.from(CAPTIONS) };
    // A file with a mistake comes back as text, and what is saved then is the text as it was corrected.
    const wrong = Buffer.from(CAPTIONS.replace('00:04', '59:04'));
    await page.locator('input[name=captionsFile]').setInputFiles({ ...captions, buffer: wrong });
    await page.getByRole('button', { name: '日本語の内容を保存する' }).click();
    await expect(page.getByText('動画の終わりより後まで続いています')).toBeVisible();
    await expect(page.getByText('まだ登録されていません')).toBeVisible();
    await page.getByRole('textbox', { name: '字幕(日本語)' }).fill(CAPTIONS);
    await look(page, 'admin-chapter');
    await page.getByRole('button', { name: '日本語の内容を保存する' }).click();
    await expect(page.getByText('保存しました(日本語)')).toBeVisible();
    await page.getByRole('navigation', { name: 'ことば' }).getByRole('link', { name: 'English' }).click();
    await page.getByLabel('題名(English)').fill('Sample chapter');
    await page.locator('input[name=captionsFile]').setInputFiles(captions);
    await page.getByRole('button', { name: 'Englishの内容を保存する' }).click();
    await expect(page.getByText('保存しました(English)')).toBeVisible();

    await page.getByRole('link', { name: '問題を加える' }).click();
    await page.getByLabel('問題文(日本語)').fill('横断歩道で待つ人がいたら?');
    await page.getByLabel('選択肢1(日本語)').fill('止まる');
    await page.getByLabel('選択肢2(日本語)').fill('進む');
    await page.getByRole('radio', { name: '選択肢1' }).check();
    await page.getByLabel('解説(日本語)').fill('歩行者が優先です。');
    await page.getByLabel('問題文(English)').fill('Somebody waits at a crossing?');
    await page.getByLabel('選択肢1(English)').fill('Stop');
    await page.getByLabel('選択肢2(English)').fill('Go on');
    await page.getByLabel('解説(English)').fill('Pedestrians come first.');
    await look(page, 'admin-question');
    await page.getByRole('button', { name: 'この問題を保存する' }).click();
    await expect(page.getByText('問題を保存しました')).toBeVisible();
    await look(page, 'admin-chapter-written');
    await page.getByRole('link', { name: '版の内容へもどる' }).click();
    await look(page, 'admin-edition');
    const editionAddress = page.url().replace(/[?#].*/, '');
    await page.getByRole('link', { name: '公開の準備をする' }).click();
    await expect(page.getByText('書いた人とは別の管理者がプレビューで正しく答えてください')).toBeVisible();
    await look(page, 'admin-unchecked');

    const desk = await browser.newContext();
    await preview(await desk.newPage(), editionAddress, cast);
    await desk.close();
    await page.reload();
    await look(page, 'admin-finish');
    await page.getByRole('button', { name: /第\d+版の内容を確定する/ }).click();
    await expect(page.getByText('内容を確定しました')).toBeVisible();
    await look(page, 'admin-publish');
    await page.getByRole('button', { name: /第\d+版を公開する/ }).click();
    await expect(page.getByRole('status').filter({ hasText: '公開しました' })).toBeVisible();
    await expect(page.getByText('公開した版は変えられません')).toBeVisible();
    await look(page, 'admin-edition-published');
  });

  if (administrator !== 'administrator-tokyo') return;
  await test.step('a learner who has begun on it finishes, though it is withdrawn', async () => {
    const home = await browser.newContext();
    await withdrawWhileWatching(page, await home.newPage(), cast);
    await home.close();
  });
});
