import type { App } from '../app.ts';
import { deleteDuePhotos } from '../attendance/delete-due-photos.ts';
import { sweepViewings } from '../attendance/sweep-viewings.ts';
import { sealAudit } from '../audit/seal-audit.ts';
import { pushEvents } from '../exchange/push-events.ts';
import { sweepFirstLinks } from '../first-link/sweep-first-links.ts';
import { sealClearPictures } from '../pictures/seal-clear-pictures.ts';
import { publishDueEditions } from '../lectures/publish-due-editions.ts';
import { sweepVideos } from '../videos/sweep-videos.ts';
import { sweepUploads } from '../videos/sweep-uploads.ts';
import { transcodeVideo } from '../videos/transcode-video.ts';
import { endRevokedSessions } from '../sign-in/end-revoked-sessions.ts';
import type { Attempt, TaskName, Tasks } from './tasks.ts';

type Handlers = {
  readonly [T in TaskName]: (app: App, payload: Tasks[T], attempt: Attempt) => Promise<unknown>;
};

/** Who does what the worker is asked for; a task without a handler does not compile. */
export const handlers: Handlers = {
  transcodeVideo,
  sweepVideos,
  sweepViewings,
  deleteDuePhotos,
  sealClearPictures,
  sweepFirstLinks,
  endRevokedSessions,
  publishDueEditions,
  sweepUploads,
  sealAudit,
  pushEvents,
};
