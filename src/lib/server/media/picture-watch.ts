import { SHORTEST_STRETCH_MS, type Stretch } from '#lib/domain/videos/video-warnings.ts';

/** In ffmpeg's working folder, after a run with `pictureWatch()` in its graph. */
export const PICTURE_WATCH_FILE = 'picture.txt';

const SECONDS = 1_000;
// Enough to find stretches of seconds, and next to nothing to work on.
const FRAMES_A_SECOND = 4;
// What is left of a standing picture after lossy coding.
const NOISE_DB = -60;

const EVENT = /^lavfi\.(?:(black)_(start|end)|(freezedetect)\.freeze_(start|end))=(\d+(?:\.\d+)?)$/;

/**
 * The end of a chain in the filter graph: looks for frozen and black stretches in the (smallest) pictures that it is given, writes
 * them down in the working folder and gives no picture on.
 */
export function pictureWatch(): string {
  return [
    `fps=${FRAMES_A_SECOND}`,
    `freezedetect=noise=${NOISE_DB}dB:duration=${SHORTEST_STRETCH_MS.frozen / SECONDS}`,
    `blackdetect=black_min_duration=${SHORTEST_STRETCH_MS.black / SECONDS}`,
    `metadata=mode=print:file=${PICTURE_WATCH_FILE}`,
    'nullsink',
  ].join(',');
}

/** What the picture watch wrote. A stretch that is not over when the video is ends with it. */
export function readPictureWatch(text: string, durationMs: number): { frozen: Stretch[]; black: Stretch[] } {
  const events = text.split('\n').flatMap((line) => {
    const [, black, blackEdge, , freezeEdge, seconds] = EVENT.exec(line) ?? [];
    const atMs = Math.round(Number(seconds) * SECONDS);
    return Number.isFinite(atMs)
      ? [{ isBlack: black !== undefined, edge: blackEdge ?? freezeEdge, atMs }]
      : [];
  });
  const stretches = (isBlack: boolean): Stretch[] => {
    const own = events.filter((event) => event.isBlack === isBlack);
    return own.flatMap(({ edge, atMs }, index) =>
      edge === 'start' ? [{ fromMs: atMs, toMs: own[index + 1]?.atMs ?? durationMs }] : [],
    );
  };
  return { frozen: stretches(false), black: stretches(true) };
}
