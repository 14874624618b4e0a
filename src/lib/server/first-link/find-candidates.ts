import { LIMITS } from '#lib/domain/limits.ts';
import { compareFourInformation, type LinkDifference } from '#lib/domain/people/compare-four-information.ts';
import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { DB, Transaction } from '../db/database.ts';
import { listDriversBornOn, listDriversNamed, type CandidateRow } from './first-link.queries.ts';

/** Whom of the register a signer is: one person beyond doubt, or some whom an officer has to look at. */
export type Finding =
  | { readonly kind: 'same'; readonly driver: CandidateRow }
  | {
      readonly kind: 'review';
      readonly drivers: readonly CandidateRow[];
      readonly differences: readonly LinkDifference[];
    };

/** Compares the signer with everybody who was born on that day. Refuses with first_link_not_in_register when it can be nobody. */
export async function findCandidates(trx: Transaction<DB>, certified: FourInformation): Promise<Finding> {
  const compared = (await listDriversLike(trx, certified))
    .map((driver) => ({ driver, ...compareFourInformation(certified, driver) }))
    .filter(({ result }) => result !== 'different');
  const same = compared.filter(({ result }) => result === 'same');
  if (same.length === 1) return { kind: 'same', driver: same[0]!.driver };
  // Who is the same in everything stands before those who are nearly.
  const candidates =
    same.length > 1 ? same : compared.sort(byDifferences).slice(0, LIMITS.firstLinkMaxCandidates);
  if (candidates.length === 0) throw new Refusal('first_link_not_in_register');
  const differences = new Set(candidates.flatMap((candidate) => candidate.differences));
  if (candidates.length > 1) differences.add('severalCandidates');
  return {
    kind: 'review',
    drivers: candidates.map(({ driver }) => driver),
    differences: [...differences],
  };
}

const byDifferences = (
  one: { readonly differences: readonly LinkDifference[] },
  other: { readonly differences: readonly LinkDifference[] },
): number => one.differences.length - other.differences.length;

function listDriversLike(
  trx: Transaction<DB>,
  { birthDate, name }: FourInformation,
): Promise<CandidateRow[]> {
  if (birthDate !== null) return listDriversBornOn(trx, birthDate);
  return listDriversNamed(trx, name.replaceAll(/[ \u3000]/g, ''), LIMITS.firstLinkMaxCandidates);
}

/** What the register must have before anybody can be linked: the card's certificate handed in, and the licence recorded on the card. */
export function checkLinkable(driver: CandidateRow): void {
  if (driver.signingCertificateSubmittedOn === null) throw new Refusal('first_link_not_submitted');
  if (driver.holdingType === 'cardOnly' || driver.cardRecordedOn === null)
    throw new Refusal('first_link_no_card_record');
}
