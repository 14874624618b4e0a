import path from 'node:path';
import { parseArgs } from 'node:util';
import type { BrowserContext, Page } from '@playwright/test';
import { getLecture } from '#lib/server/attendance/get-lecture.ts';
import { mediaPrefixOf } from '#lib/server/videos/open-media-file.ts';
import { filesFolder } from '#lib/server/storage/open-storage.ts';
import { startStack, type Stack } from '../scripts/demo/stack.ts';
import { freePort } from '../scripts/support/free-port.ts';
import { newLearner } from '../tests/support/new-learner.ts';
import { median } from './support/load.ts';
import { serveBarePage } from './support/player/bare-page.ts';
import { measurePlay, weigh, type Figures } from './support/player/measure.ts';

/** Width of the video on the watch page of a computer. */
const WIDTH_PX = 832;

async function openOurs({ app, origin }: Stack, page: Page, context: BrowserContext) {
  // Somebody new each time, so that every round begins at the beginning.
  const { token, learner } = await newLearner(app, 'excellent');
  await context.addCookies([{ name: 'koshu-session', value: token, url: origin }]);
  const { chapters } = await getLecture(app, learner);
  await page.goto(`${origin}/lecture/${chapters[0]!.chapterId}/watch`, { waitUntil: 'networkidle' });
  return () => page.getByRole('button', { name: /見る$/ }).click();
}

async function serveBare({ app }: Stack) {
  const { learner } = await newLearner(app, 'excellent');
  const { chapters } = await getLecture(app, learner);
  const { videoId, durationMs } = chapters[0]!;
  const { keys } = await app.keyRelease.grant(videoId, durationMs, 0);
  const mediaFolder = path.join(filesFolder(app.config), (await mediaPrefixOf(app, videoId))!);
  return serveBarePage({ mediaFolder, keys, widthPx: WIDTH_PX });
}

/**
 * The watch page beside a bare hls.js page that plays the same stream, in turns: time from the press of play to the first picture, the
 * processor's share of the tab while it plays, and the weight of the scripts. Medians of rounds.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: { rounds: { type: 'string', default: '5' }, seconds: { type: 'string', default: '12' } },
  });
  const seconds = Number(values.seconds);
  const folder = path.join(import.meta.dirname, '../.data/bench-player');
  const stack = await startStack({ folder, port: await freePort() });
  try {
    const bare = await serveBare(stack);
    const rounds: { ours: Figures; bare: Figures }[] = [];
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      const bareFigures = await measurePlay(seconds, async (page) => {
        await page.goto(bare.address, { waitUntil: 'networkidle' });
        return () => page.locator('#play').click();
      });
      const ours = await measurePlay(seconds, (page, context) => openOurs(stack, page, context));
      rounds.push({ ours, bare: bareFigures });
      process.stdout.write(
        `round ${round}   first picture: bare ${bareFigures.firstFrameMs.toFixed(0)} ms, Koshu ${ours.firstFrameMs.toFixed(0)} ms   ` +
          `processor: bare ${bareFigures.cpuShare.toFixed(3)}, Koshu ${ours.cpuShare.toFixed(3)}\n`,
      );
    }
    bare.close();
    const weight = weigh(rounds[0]!.ours.scripts);
    const cpu = median(rounds.map(({ ours }) => ours.cpuShare));
    const bareCpu = median(rounds.map((round) => round.bare.cpuShare));
    return {
      first_frame_ms: Math.round(median(rounds.map(({ ours }) => ours.firstFrameMs))),
      bare_first_frame_ms: Math.round(median(rounds.map((round) => round.bare.firstFrameMs))),
      script_kb: Number((weight.others / 1_000).toFixed(1)),
      hls_kb: Number((weight.hls / 1_000).toFixed(1)),
      cpu: Number(cpu.toFixed(3)),
      bare_cpu: Number(bareCpu.toFixed(3)),
      ratio: Number((cpu / bareCpu).toFixed(3)),
    };
  } finally {
    await stack.stop();
  }
}
