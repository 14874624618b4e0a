import { canBeRetried, isMoving, type VideoState } from '#lib/domain/videos/video-states.ts';
import type { VideoInspection } from '#lib/domain/videos/video-warnings.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { RefusalCode } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { listVideoSummaries, type findVideoSummary } from './video.queries.ts';

const MAX_LISTED = 500;

/** A video as its list and its own page show it; `durationMs` is null until it is ready. */
export interface VideoSummary {
  readonly id: string;
  readonly title: string;
  readonly state: VideoState;
  /** Whether the worker still has to do with it: look again in a second. */
  readonly isMoving: boolean;
  /** Why it was refused or failed. */
  readonly refusalCode: RefusalCode | null;
  /** Of the transcoding. */
  readonly progressPercent: number;
  /** What is left of the transcoding; null while nobody can say. */
  readonly remainingMs: number | null;
  readonly canBeRetried: boolean;
  readonly fileName: string;
  readonly sourceBytes: number;
  readonly durationMs: number | null;
  readonly createdAt: Date;
  readonly readyAt: Date | null;
  /** Null until the file could be read. Warnings about the picture are there when it is ready. */
  readonly inspection: VideoInspection | null;
  /** Pictures of it, one every ten seconds or so, and which of them stands for it; none before it is ready. */
  readonly stillCount: number;
  readonly coverStill: number | null;
  /** How long its segments are; null when it has only one, or is not ready. */
  readonly segmentMs: number | null;
}

export function summarise(row: NonNullable<Awaited<ReturnType<typeof findVideoSummary>>>): VideoSummary {
  const state = row.state as VideoState; // the table's check constraint lists the same words
  return {
    ...row,
    state,
    isMoving: isMoving(state),
    canBeRetried: canBeRetried(state),
    refusalCode: row.refusalCode as RefusalCode | null,
    inspection: row.inspection as VideoInspection | null, // only updateInspection writes it
  };
}

/** The videos of the administrator's commission, newest first. */
export async function listVideos(app: App, actor: Administrator): Promise<VideoSummary[]> {
  const rows = await listVideoSummaries(app.db, actor.commissionCode, MAX_LISTED);
  return rows.map(summarise);
}
