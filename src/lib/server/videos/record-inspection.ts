import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Source, UsableSource } from '#lib/domain/videos/inspection.ts';
import {
  inspectionOf,
  warningsAbout,
  type Loudness,
  type Stretch,
  type Stretches,
} from '#lib/domain/videos/video-warnings.ts';
import type { App } from '../app.ts';
import { PICTURE_WATCH_FILE, readPictureWatch } from '../media/picture-watch.ts';
import { updateInspection, type Taken } from './video-work.queries.ts';

type Inspected = {
  readonly source: UsableSource;
  readonly loudness: Loudness | null;
  readonly silent: readonly Stretch[];
};

const UNWATCHED: Pick<Stretches, 'frozen' | 'black'> = { frozen: [], black: [] };

/**
 * Keeps what has been found out about a file so far, for who uploaded it: facts as soon as they are known, warnings with the
 * sound. Changes nothing when the video is another worker's by now.
 */
export async function recordInspection(
  app: App,
  video: Taken,
  found: { readonly source: Source } | Inspected,
  watched = UNWATCHED,
): Promise<void> {
  const inspection =
    'loudness' in found
      ? inspectionOf(found.source, {
          loudness: found.loudness,
          warnings: warningsAbout(found.source, found.loudness, { ...watched, silent: found.silent }),
        })
      : inspectionOf(found.source, { loudness: null, warnings: [] });
  await updateInspection(app.db, video, inspection);
}

/** Adds what the transcoding saw in the pictures: frozen and black stretches. */
export async function recordPictureWatch(
  app: App,
  video: Taken,
  inspected: Inspected,
  made: { readonly folder: string; readonly durationMs: number },
): Promise<void> {
  const text = await readFile(path.join(made.folder, PICTURE_WATCH_FILE), 'utf8');
  await recordInspection(app, video, inspected, readPictureWatch(text, made.durationMs));
}
