/** `npm run make-sample-lecture -- [--full] [--only excellent|general] [--out DIR]`: makes the sample lectures' videos and captions. */
import path from 'node:path';
import { parseArgs } from 'node:util';
import { makeSampleLecture } from './sample-lecture/make-sample-lecture.ts';

const { values } = parseArgs({
  options: {
    full: { type: 'boolean', default: false },
    only: { type: 'string' },
    out: { type: 'string', default: '.data/sample-lecture' },
  },
});
const { only } = values;
if (only !== undefined && only !== 'excellent' && only !== 'general') {
  throw new Error(`--only is excellent or general, not ${only}`);
}

const lectures = await makeSampleLecture({
  outDir: path.resolve(values.out),
  ffmpegPath: process.env.FFMPEG_PATH ?? 'ffmpeg',
  full: values.full,
  ...(only === undefined ? {} : { only }),
  onProgress: (done, total, label) => {
    if (label !== '') process.stdout.write(`${done + 1}/${total} ${label}\n`);
  },
});
for (const lecture of lectures) {
  const seconds = lecture.chapters.reduce((sum, chapter) => sum + chapter.durationMs, 0) / 1000;
  process.stdout.write(
    `${lecture.titleJa}: ${seconds}s\n${lecture.chapters.map((chapter) => `  ${chapter.file}\n`).join('')}`,
  );
}
