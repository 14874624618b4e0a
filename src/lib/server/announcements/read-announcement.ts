import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { announcementAt, type AnnouncementView } from '#lib/domain/announcements/announcement.ts';
import { LANGUAGE_CODES, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import type { App } from '../app.ts';

const Sentence = z.string().trim().min(1).max(400);
const Wording = z
  .partialRecord(z.enum(LANGUAGE_CODES), Sentence)
  .refine((words) => words.ja !== undefined, { message: 'needs ja' })
  .transform(({ ja = '', ...others }) => ({ ...others, ja }));
const Instant = z.iso
  .datetime({ offset: true })
  .transform((text) => new Date(text))
  .nullable()
  .default(null);
const AnnouncementFile = z.strictObject({
  kind: z.enum(['notice', 'emergency']),
  title: Wording,
  text: Wording,
  from: Instant,
  until: Instant,
});

/**
 * What the operator has written into ANNOUNCEMENT_FILE, as it is to be shown now; null without a file, or when it is not its time. The
 * file is read each time, so that a fault can be announced without a restart. One that cannot be understood is logged and not shown: no
 * page may fail for it.
 */
export async function readAnnouncement(
  app: Pick<App, 'config' | 'clock' | 'log'>,
  language: LanguageCode,
): Promise<AnnouncementView | null> {
  const { announcementFile } = app.config;
  if (announcementFile === null) return null;
  try {
    const text = await readFile(announcementFile, 'utf8');
    if (text.trim() === '') return null;
    return announcementAt(AnnouncementFile.parse(JSON.parse(text)), app.clock.now(), language);
  } catch (fault) {
    if (fault instanceof Error && 'code' in fault && fault.code === 'ENOENT') return null;
    app.log.error({ err: fault }, 'the announcement cannot be understood (docs/announcements.md)');
    return null;
  }
}
