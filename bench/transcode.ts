import { execFile } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { ladderFor } from '#lib/domain/videos/ladder.ts';
import { getVideo } from '#lib/server/videos/get-video.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from '../tests/support/drafts.ts';
import { startProgram, stopProgram } from '../scripts/support/child-process.ts';
import { median } from './support/load.ts';
import { transcodePlainly } from './support/plain-ffmpeg.ts';
import { startStack, type Site } from './support/stack.ts';

const root = path.join(import.meta.dirname, '..');
const WIDTH = 1920;
const HEIGHT = 1080;
const FRAME_RATE = { numerator: 30, denominator: 1 };
const LOOK_AGAIN_MS = 50;
const SHORT_MINUTES = 0.5;

const inSeconds = (milliseconds: number) => Number((milliseconds / 1_000).toFixed(2));

/** Made once: slides that stand still, with something that moves on them, and a voice's worth of sound. */
async function makeSource(ffmpegPath: string, minutes: number): Promise<string> {
  const folder = path.join(root, '.data/bench-transcode');
  mkdirSync(folder, { recursive: true });
  const file = path.join(folder, `source-${minutes}.mp4`);
  if (existsSync(file)) return file;
  const seconds = minutes * 60;
  const partial = path.join(folder, 'partial.mp4');
  await promisify(execFile)(ffmpegPath, [
    ...['-nostdin', '-v', 'error', '-y'],
    ...['-f', 'lavfi', '-i', `testsrc=size=${WIDTH}x${HEIGHT}:rate=30:duration=${seconds}`],
    ...['-f', 'lavfi', '-i', `anoisesrc=color=pink:amplitude=0.2:duration=${seconds}`],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-c:a', 'aac', partial],
  ]);
  await rename(partial, file);
  return file;
}

/** The most memory that a process ever had, in megabytes; 0 where the system does not tell. */
function peakMegabytes(pid: number): number {
  const status = `/proc/${pid}/status`;
  if (!existsSync(status)) return 0;
  return Math.round(Number(/^VmHWM:\s+(\d+) kB/m.exec(readFileSync(status, 'utf8'))?.[1] ?? 0) / 1_024);
}

const TICKS_A_SECOND = 100;
/** Where utime, stime, cutime and cstime stand in /proc/<pid>/stat, after the name (proc(5)). */
const [OWN_TIMES, ENDED_CHILDREN_TIMES] = [11, 13];

/** Processor time of a process and of its children that have ended; 0 where the system does not tell. */
function processorSeconds(pid: number | 'self', from: number): number {
  const stat = `/proc/${pid}/stat`;
  if (!existsSync(stat)) return 0;
  const fields = readFileSync(stat, 'utf8').split(') ')[1]!.split(' ').slice(from, 15).map(Number);
  return fields.reduce((sum, ticks) => sum + ticks, 0) / TICKS_A_SECOND;
}

interface Figures {
  readonly ms: number;
  readonly cpuSeconds: number;
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now();
  await work();
  return performance.now() - start;
}

async function transcodeByBare(work: () => Promise<void>): Promise<Figures> {
  const before = processorSeconds('self', ENDED_CHILDREN_TIMES);
  const ms = await timed(work);
  return { ms, cpuSeconds: processorSeconds('self', ENDED_CHILDREN_TIMES) - before };
}

/** From the job in the queue of an idle worker to the video that is ready. Everything is in it, the inspection too. */
async function transcodeByOurs({ app, environment }: Site, source: string) {
  const administrator = await makeAdministrator(app);
  mkdirSync(app.config.dataDir, { recursive: true });
  const log = path.join(app.config.dataDir, 'worker.log');
  const worker = startProgram(path.join(root, 'src/worker.ts'), { ...environment, LOG_LEVEL: 'info' }, log);
  await once(worker.stdout!, 'data'); // it says that it runs
  try {
    const videoId = await importVideoFile(app, administrator, { path: source, title: 'bench' });
    const before = processorSeconds(worker.pid!, OWN_TIMES);
    const ms = await timed(async () => {
      for (;;) {
        const { state, isMoving } = await getVideo(app, administrator, videoId);
        if (state === 'ready') return;
        if (!isMoving) throw new Error(`the video is ${state}`);
        await sleep(LOOK_AGAIN_MS);
      }
    });
    const cpuSeconds = processorSeconds(worker.pid!, OWN_TIMES) - before;
    return { ms, cpuSeconds, megabytes: peakMegabytes(worker.pid!) };
  } finally {
    await stopProgram(worker);
  }
}

/**
 * Our job in the real worker process beside plain ffmpeg with the same ladder, in turns that change their order; and the worker's
 * own memory for a short and for a long video. Medians of rounds.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: { minutes: { type: 'string', default: '10' }, rounds: { type: 'string', default: '3' } },
  });
  const stack = await startStack();
  const folder = mkdtempSync(path.join(tmpdir(), 'koshu-plain-'));
  try {
    const site = await stack.openSite('transcode', 0);
    const { ffmpegPath } = site.app.config;
    await seedCommissions(site.app);
    const source = await makeSource(ffmpegPath, Number(values.minutes));
    const short = await transcodeByOurs(site, await makeSource(ffmpegPath, SHORT_MINUTES));
    const wanted = { rungs: ladderFor({ width: WIDTH, height: HEIGHT }), frameRate: FRAME_RATE };
    const bare: Figures[] = [];
    const ours: (Figures & { megabytes: number })[] = [];
    for (let round = 1; round <= Number(values.rounds); round += 1) {
      const place = path.join(folder, String(round));
      const turns = [
        async () =>
          bare.push(await transcodeByBare(() => transcodePlainly(ffmpegPath, source, place, wanted))),
        async () => ours.push(await transcodeByOurs(site, source)),
      ];
      for (const turn of round % 2 === 1 ? turns : turns.toReversed()) await turn();
      rmSync(place, { recursive: true });
      process.stdout.write(
        `round ${round}   plain ffmpeg ${inSeconds(bare.at(-1)!.ms)} s, Koshu ${inSeconds(ours.at(-1)!.ms)} s, ` +
          `worker's memory ${ours.at(-1)!.megabytes} MB\n`,
      );
    }
    return {
      minutes: Number(values.minutes),
      bare_s: inSeconds(median(bare.map(({ ms }) => ms))),
      ours_s: inSeconds(median(ours.map(({ ms }) => ms))),
      ratio: Number(median(ours.map(({ ms }, index) => ms / bare[index]!.ms)).toFixed(3)),
      // The same of processor time, which other work on the machine disturbs less.
      cpu_ratio: Number(
        median(ours.map(({ cpuSeconds }, index) => cpuSeconds / bare[index]!.cpuSeconds)).toFixed(3),
      ),
      peak_rss_mb: Math.max(...ours.map(({ megabytes }) => megabytes)),
      peak_rss_short_mb: short.megabytes,
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await stack.stop();
  }
}
