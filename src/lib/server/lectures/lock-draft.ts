import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { isMovePossible, type EditionMove, type EditionState } from '#lib/domain/lectures/edition-states.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { lockEdition, type EditionRow } from './edition.queries.ts';

/** An edition as the administrator saw it: `version` counts its changes and its moves. */
export const SeenDraft = z.object({ editionId: z.uuid(), version: z.coerce.number().int().positive() });

/** Refused: `not_found`; `not_allowed` for a lecture of another commission. */
export function assertOwn<T extends { readonly commissionCode: string }>(
  found: T | undefined,
  administrator: Administrator,
): asserts found is T {
  if (!found) throw new Refusal('not_found');
  if (found.commissionCode !== administrator.commissionCode) throw new Refusal('not_allowed');
}

async function lockOwn(
  trx: Transaction<DB>,
  administrator: Administrator,
  editionId: string,
): Promise<EditionRow> {
  const edition = await lockEdition(trx, editionId);
  assertOwn(edition, administrator);
  return edition;
}

function assertUnchanged(edition: EditionRow, seen: z.output<typeof SeenDraft>): void {
  if (edition.version !== seen.version) throw new Refusal('edition_changed_meanwhile');
}

/**
 * Takes a draft in hand until the transaction ends. Refused: `not_found`, `not_allowed`, `edition_not_draft` (what is ready stays as
 * it was looked at, what is published as learners began it), `edition_changed_meanwhile` (by another administrator, or in another
 * window, since it was seen).
 */
export async function lockDraft(
  trx: Transaction<DB>,
  administrator: Administrator,
  seen: z.output<typeof SeenDraft>,
): Promise<EditionRow> {
  const edition = await lockOwn(trx, administrator, seen.editionId);
  if (edition.state !== 'draft') throw new Refusal('edition_not_draft');
  assertUnchanged(edition, seen);
  return edition;
}

/**
 * Takes an edition and its lecture in hand for a move, until the transaction ends. Refused: `not_found`, `not_allowed`,
 * `edition_changed_meanwhile` (another move was faster, or the draft has been changed), `edition_move_impossible` (there is no such move
 * from where it is).
 */
export async function lockForMove(
  trx: Transaction<DB>,
  administrator: Administrator,
  seen: z.output<typeof SeenDraft>,
  move: EditionMove,
): Promise<EditionRow> {
  const edition = await lockOwn(trx, administrator, seen.editionId);
  assertUnchanged(edition, seen);
  // As the table's check constraint has them.
  if (!isMovePossible(edition.state as EditionState, move)) throw new Refusal('edition_move_impossible');
  return edition;
}
