import { z } from 'zod';
import { LANGUAGE_CODES, orderLanguages } from '#lib/domain/lectures/languages.ts';
import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { countChange, updateLanguages } from './edition.queries.ts';
import { lockDraft, SeenDraft } from './lock-draft.ts';

export const DeclareLanguages = SeenDraft.extend({ languages: z.array(z.enum(LANGUAGE_CODES)) });

/**
 * Says in which languages an edition can be taken; Japanese always is one. What is written in a language that is not declared any more stays, for the
 * day it is declared again. Answers the draft's new version. Refused as `lockDraft` says.
 */
export async function declareLanguages(
  app: App,
  administrator: Administrator,
  input: z.output<typeof DeclareLanguages>,
): Promise<number> {
  const { editionId } = input;
  const languages = orderLanguages(input.languages);
  return app.db.transaction().execute(async (trx) => {
    await lockDraft(trx, administrator, input);
    await updateLanguages(trx, editionId, languages);
    await appendAudit(trx, administrator, {
      what: 'edition.languagesDeclared',
      subject: { kind: 'edition', id: editionId },
      detail: { languages: languages.join(' ') },
    });
    return countChange(trx, editionId);
  });
}
