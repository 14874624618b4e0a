import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { getVideo } from '#lib/server/videos/get-video.ts';
import { importVideoFile } from '#lib/server/videos/import-video-file.ts';
import { mediaFolder } from '#lib/server/videos/open-media-file.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator } from './drafts.ts';
import { makeVideoFolder } from './small-videos.ts';
import { listStored } from './stored-files.ts';
import { makeTestApp } from './test-app.ts';

export type VideoDesk = Awaited<ReturnType<typeof openVideoDesk>>;

/** An application, an administrator with small videos to upload, and eyes for what becomes of them; `close()` it in `afterAll`. */
export async function openVideoDesk() {
  const test = await makeTestApp();
  await seedCommissions(test.app);
  const administrator: Administrator = await makeAdministrator(test.app);
  const videos = makeVideoFolder();
  const workingFolder = path.join(test.app.config.dataDir, 'work');
  return {
    test,
    app: test.app,
    administrator,
    videos,
    /** Answers the video's id. */
    upload: (file: string) => importVideoFile(test.app, administrator, { path: file, title: '歩行者の優先' }),
    look: (videoId: string) => getVideo(test.app, administrator, videoId),
    /** What the audit trail says of it, in order. */
    async audited(videoId: string): Promise<string[]> {
      const events = await test.app.db
        .selectFrom('auditEvent')
        .where('subjectId', '=', videoId)
        .select('what')
        .orderBy('id')
        .execute();
      return events.map(({ what }) => what);
    },
    /** All that any try has put into storage for it. */
    storedFiles: (videoId: string) => listStored(test.app.storage, mediaFolder(videoId)),
    workingFolders: () => (existsSync(workingFolder) ? readdirSync(workingFolder) : []),
    async close() {
      videos.remove();
      await test.close();
    },
  };
}
