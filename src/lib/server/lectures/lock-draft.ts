import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { lockEdition, type EditionRow } from './edition.queries.ts';

/** A draft as the administrator saw it: `version` counts its changes. */
export const SeenDraft = z.object({ editionId: z.uuid(), version: z.coerce.number().int().positive() });

/** Refused: `not_found`; `not_allowed` for a lecture of another commission. */
export function assertOwn<T extends { readonly commissionCode: string }>(
  found: T | undefined,
  administrator: Administrator,
): asserts found is T {
  if (!found) throw new Refusal('not_found');
  if (found.commissionCode !== administrator.commissionCode) throw new Refusal('not_allowed');
}

/**
 * Takes a draft in hand until the transaction ends. Refused: `not_found`, `not_allowed`, `edition_not_draft` (what is
 * published stays as it is: learners are in the middle of it), `edition_changed_meanwhile` (by another administrator, or in
 * another window, since it was seen).
 */
export async function lockDraft(
  trx: Transaction<DB>,
  administrator: Administrator,
  seen: z.output<typeof SeenDraft>,
): Promise<EditionRow> {
  const edition = await lockEdition(trx, seen.editionId);
  assertOwn(edition, administrator);
  if (edition.state !== 'draft') throw new Refusal('edition_not_draft');
  if (edition.version !== seen.version) throw new Refusal('edition_changed_meanwhile');
  return edition;
}
