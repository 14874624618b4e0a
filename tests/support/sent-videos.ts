import { execFileSync } from 'node:child_process';
import { expect } from 'vitest';
import { getVideo } from '#lib/server/videos/get-video.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { runDueJobs } from '#lib/server/jobs/run-jobs.ts';
import { segmentKey } from '#lib/server/media/segment-key.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from './drafts.ts';
import type { VideoFolder } from './small-videos.ts';
import { decryptSegment, masterSecretOf, readStoredVideo } from './stored-video.ts';
import type { TestApp } from './test-app.ts';

const ENTRIES =
  'stream=codec_name,width,height,pix_fmt,sample_aspect_ratio,field_order,r_frame_rate,channels,sample_rate';

/** Sends files on their way as an administrator does, and looks at what came of them. */
export async function sentVideos({ app }: TestApp, videos: VideoFolder) {
  await seedCommissions(app);
  const administrator = await makeAdministrator(app);

  async function sendIn(path: string) {
    const videoId = await importVideoFile(app, administrator, { path, title: '安全な車間距離' });
    await runDueJobs(app);
    return getVideo(app, administrator, videoId);
  }

  /** The best picture and its sound, as learners get them: read by ffprobe out of the decrypted segments. */
  async function seen(videoId: string) {
    const [best] = (await readStoredVideo(app, videoId)).rungs;
    const secret = await masterSecretOf(app, videoId);
    const clear = await Promise.all(
      best!.segments.map((segment, index) =>
        decryptSegment(app, segment, segmentKey(secret, videoId, index)),
      ),
    );
    const file = await videos.write(`${videoId}.mp4`, Buffer.concat([best!.init, ...clear]));
    const answer = execFileSync('ffprobe', ['-v', 'error', '-show_entries', ENTRIES, '-of', 'json', file]);
    const { streams } = JSON.parse(answer.toString()) as { streams: Record<string, string | number>[] };
    return { picture: streams[0]!, sound: streams[1]!, segments: best!.segments.length, file };
  }

  return {
    /** What became of a file that is usable, with the kinds of its warnings. */
    async made(path: string) {
      const video = await sendIn(path);
      expect(video).toMatchObject({ state: 'ready', refusalCode: null });
      const warnings = video.inspection?.warnings ?? [];
      return { ...(await seen(video.id)), video, warnings, kinds: warnings.map(({ kind }) => kind) };
    },
    /** The code of the refusal of a file that is not. */
    async refused(path: string) {
      const video = await sendIn(path);
      expect(video.state).toBe('refused');
      return video.refusalCode;
    },
  };
}
