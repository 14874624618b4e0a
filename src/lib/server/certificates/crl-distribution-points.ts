import { DerReader, malformed, TAG, trueBoolean, type DerElement } from './der.ts';
import { EXTENSION } from './extensions.ts';
import type { CertificateExtension } from './parse-certificate.ts';

type Extensions = ReadonlyMap<string, CertificateExtension>;

const MAX_NAMES = 20;

/**
 * The names (GeneralName, DER) under which the issuer says that it lists this certificate (RFC 5280 §4.2.1.13). A point for some reasons
 * only, of another issuer, or with a relative name is passed over: nothing that we believe is published there. Nothing is ever fetched.
 */
export function distributionPoints(extensions: Extensions): readonly Buffer[] {
  const extension = extensions.get(EXTENSION.crlDistributionPoints);
  if (!extension) return [];
  const outer = new DerReader(extension.value);
  const points = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const names: Buffer[] = [];
  while (points.hasMore) {
    const point = points.enter(points.next(TAG.sequence));
    const name = point.optional(TAG.context0);
    const reasons = point.optional(TAG.primitiveContext1);
    const issuer = point.optional(TAG.context2);
    point.finish();
    if (name && !reasons && !issuer) names.push(...fullNames(point, name));
    if (names.length > MAX_NAMES) throw malformed('distribution_points');
  }
  return names;
}

/**
 * Which part of the issuer's certificates a list speaks of, by its issuingDistributionPoint (RFC 5280 §5.2.5): null for all of them,
 * else the names (GeneralName, DER) of the part. Refuses a list of authorities' or attribute certificates only, of some reasons only, and
 * an indirect one.
 */
export function issuingDistributionPoint(extensions: Extensions): readonly Buffer[] | null {
  const extension = extensions.get(EXTENSION.issuingDistributionPoint);
  if (!extension) return null;
  const outer = new DerReader(extension.value);
  const fields = outer.enter(outer.next(TAG.sequence));
  outer.finish();
  const name = fields.optional(TAG.context0);
  const onlyUsers = fields.optional(TAG.primitiveContext1);
  // Anything else narrows the list (or mixes others' certificates in) in a way that says nothing sure about a card.
  if (fields.hasMore) throw malformed('issuing_distribution_point');
  if (onlyUsers) trueBoolean(fields.content(onlyUsers));
  if (!name) return null;
  const names = fullNames(fields, name);
  if (names.length === 0) throw malformed('issuing_distribution_point');
  return names;
}

/** DistributionPointName ::= CHOICE { fullName [0] GeneralNames, nameRelativeToCRLIssuer [1] }: the names of the first, none of the second. */
function fullNames(parent: DerReader, explicit: DerElement): Buffer[] {
  const choice = parent.enter(explicit);
  const fullName = choice.optional(TAG.context0);
  if (fullName === null) choice.next(TAG.context1);
  choice.finish();
  if (fullName === null) return [];
  const list = choice.enter(fullName);
  const names: Buffer[] = [];
  while (list.hasMore) {
    if (names.length === MAX_NAMES) throw malformed('distribution_points');
    names.push(list.whole(list.any()));
  }
  return names;
}
