/** Everything that the worker can be asked to do, with what it is told. Each has its handler in handlers.ts. */
export interface Tasks {
  readonly transcodeVideo: { readonly videoId: string };
  readonly sweepVideos: object;
  readonly sweepViewings: object;
  readonly deleteDuePhotos: object;
  readonly sealClearPictures: object;
  readonly sweepFirstLinks: object;
  readonly endRevokedSessions: object;
  readonly publishDueEditions: object;
  readonly sweepUploads: object;
  readonly sealAudit: object;
  readonly pushEvents: { readonly partnerId: string };
}

export type TaskName = keyof Tasks;

/** One try of a job. */
export interface Attempt {
  /** Aborted when the worker has to stop: the job is to give up soon, and is tried again later. */
  readonly signal: AbortSignal;
  readonly isLast: boolean;
}

/**
 * The name under which there is one job at most for a video or a partner: asking again replaces what waits, and it can be taken back.
 * Other tasks have no names.
 */
export const VIDEO_JOB_PREFIX = 'transcodeVideo:';

/** As append_exchange_event() of migration 0019 names the job, and the queue in which a partner's jobs wait for each other. */
const PUSH_JOB_PREFIX = 'push:';

export function jobKey(payload: object): string | null {
  if ('partnerId' in payload) return `${PUSH_JOB_PREFIX}${String(payload.partnerId)}`;
  return 'videoId' in payload ? `${VIDEO_JOB_PREFIX}${String(payload.videoId)}` : null;
}

/** How often a task is tried, with growing pauses, before it is given up. */
export const MAX_ATTEMPTS: Readonly<Record<TaskName, number>> = {
  transcodeVideo: 5,
  sweepVideos: 1,
  sweepViewings: 1,
  deleteDuePhotos: 5,
  sealClearPictures: 1,
  sweepFirstLinks: 1,
  endRevokedSessions: 1,
  publishDueEditions: 1,
  sweepUploads: 1,
  sealAudit: 1,
  pushEvents: 5,
};

/** A worker does one task of each lane at a time, so that nothing short waits for an hour of transcoding. */
export const LANES: readonly (readonly TaskName[])[] = [
  ['transcodeVideo'],
  [
    'publishDueEditions',
    'sweepVideos',
    'sweepViewings',
    'deleteDuePhotos',
    'sealClearPictures',
    'sweepFirstLinks',
    'endRevokedSessions',
    'sweepUploads',
    'sealAudit',
    'pushEvents',
  ],
];

/** What is done regularly without being asked for, in the five columns of crontab(5), UTC. */
export const SCHEDULE: readonly (readonly [when: string, task: TaskName])[] = [
  ['* * * * *', 'sweepVideos'],
  ['* * * * *', 'sweepViewings'],
  ['* * * * *', 'endRevokedSessions'],
  ['* * * * *', 'publishDueEditions'],
  // Also five minutes past midnight in Japan, when a day's photos become due.
  ['5 * * * *', 'deleteDuePhotos'],
  ['15 * * * *', 'sealClearPictures'],
  ['* * * * *', 'sealAudit'],
  ['25 * * * *', 'sweepFirstLinks'],
  ['45 * * * *', 'sweepUploads'],
];
