import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { insertLecture } from './edition.queries.ts';
import { writtenText } from './written-text.ts';

export const CreateLecture = z.object({
  lectureClass: z.enum(['excellent', 'general']),
  titleJa: writtenText(LIMITS.lectureTitleMaxLength).min(1),
  titleEn: writtenText(LIMITS.lectureTitleMaxLength).min(1),
});

/** A lecture of the administrator's commission, without any edition yet. */
export async function createLecture(
  app: App,
  administrator: Administrator,
  lecture: z.output<typeof CreateLecture>,
): Promise<string> {
  return app.db.transaction().execute(async (trx) => {
    const { commissionCode } = administrator;
    const id = await insertLecture(trx, { ...lecture, commissionCode });
    const { lectureClass } = lecture;
    await appendAudit(trx, administrator, {
      what: 'lecture.created',
      subject: { kind: 'lecture', id },
      detail: { lectureClass },
    });
    return id;
  });
}
