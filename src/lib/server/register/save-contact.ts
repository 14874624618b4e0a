import { z } from 'zod';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { takeTurn } from '../officers/take-turn.ts';
import { findContactRow, markContact } from './contact.queries.ts';

const PHONE_MAX = 20;
const HOURS_MAX = 120;
const ADDRESS_MAX = 300;

/** An empty field is nothing entered. By NFKC full-width digits and letters are the same as others. */
const orNothing = (schema: z.ZodType<string, string>, maxLength: number, form: 'NFC' | 'NFKC' = 'NFKC') =>
  z
    .string()
    .max(maxLength * 2)
    .transform((text) => text.normalize(form).replaceAll(/\s+/gu, ' ').trim())
    .pipe(z.union([z.literal('').transform(() => null), schema]));

const Phone = z
  .string()
  .max(PHONE_MAX)
  .regex(/^\+?[\d()-](?:[\d() -]*\d)$/);
const Hours = z
  .string()
  .max(HOURS_MAX)
  .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]*$/u);
const Address = z.url({ protocol: /^https$/ }).max(ADDRESS_MAX);

export const SaveContact = z.object({
  phone: orNothing(Phone, PHONE_MAX),
  phoneHoursJa: orNothing(Hours, HOURS_MAX, 'NFC'),
  phoneHoursEn: orNothing(Hours, HOURS_MAX, 'NFC'),
  inquiryUrl: orNothing(Address, ADDRESS_MAX),
  reservationUrl: orNothing(Address, ADDRESS_MAX),
});

/**
 * Sets what the administrator's commission tells its learners beside every refusal and on their records. Setting what is set already changes
 * nothing. Refused: `not_found` for the national library, which has no learners; `not_allowed` for an administrator who was disabled meanwhile.
 */
export async function saveContact(
  app: App,
  administrator: Administrator,
  contact: z.output<typeof SaveContact>,
): Promise<void> {
  const { commissionCode } = administrator;
  await app.db.transaction().execute(async (trx) => {
    await takeTurn(trx, administrator);
    const before = await findContactRow(trx, commissionCode);
    if (!before) throw new Refusal('not_found');
    const fields = Object.keys(contact) as (keyof typeof contact)[];
    const changed = fields.filter((field) => contact[field] !== before[field]);
    if (changed.length === 0) return;
    await markContact(trx, commissionCode, contact);
    await appendAudit(trx, administrator, {
      what: 'contact.set',
      subject: { kind: 'commission', id: commissionCode },
      detail: Object.fromEntries(changed.map((field) => [field, contact[field] ?? ''])),
    });
  });
}
