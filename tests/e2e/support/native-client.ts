import { spawn } from 'node:child_process';

/** A player of HLS that is not ours: ffmpeg, which plays at the speed of the clock and throws the pictures away. */
export interface NativeClient {
  /** So much was played, in milliseconds. */
  playedMs(): number;
  /** How it ended: 0 when all was played. */
  readonly ended: Promise<number | null>;
  errors(): string;
  kill(): void;
}

export function playWithFfmpeg(address: string, cookie: string): NativeClient {
  const child = spawn(process.env.FFMPEG_PATH ?? 'ffmpeg', [
    ...['-nostdin', '-hide_banner', '-loglevel', 'warning', '-progress', 'pipe:1', '-stats_period', '0.2'],
    ...['-headers', `Cookie: ${cookie}\r\n`, '-live_start_index', '0', '-re', '-i', address],
    ...['-map', '0:v:0', '-f', 'null', '-'],
  ]);
  let played = 0;
  let errors = '';
  child.stdout.on('data', (chunk: Buffer) => {
    const [time] = [...chunk.toString().matchAll(/out_time_us=(\d+)/g)].slice(-1);
    if (time) played = Number(time[1]) / 1_000;
  });
  child.stderr.on('data', (chunk: Buffer) => (errors += chunk.toString()));
  return {
    playedMs: () => played,
    ended: new Promise((resolve) => child.once('exit', resolve)),
    errors: () => errors,
    kill: () => void child.kill('SIGKILL'),
  };
}
