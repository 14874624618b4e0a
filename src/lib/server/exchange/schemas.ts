import { z } from 'zod';
import { IMPORT_MODES } from '#lib/domain/exchange/partner.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { REGISTER_FAULT_CODES } from '../register/register-faults.ts';

/** What is asked of GET /api/completions. Cursors are opaque to partners; here they are positions. */
export const CompletionsQuery = z.object({
  after: z
    .string()
    .regex(/^\d{1,15}$/)
    .optional()
    .describe('The `next` of the answer before. Without it: from the beginning.'),
  limit: z.coerce
    .number()
    .int()
    .min(1)
    .max(LIMITS.exchangePageMaxEvents)
    .default(100)
    .describe('How many events at most.'),
});

const day = z.iso.date();
const moment = z.iso.datetime();

export const CompletionEvent = z.object({
  id: z.uuid().describe('The same whenever the event comes again, here or by a push.'),
  type: z
    .string()
    .describe(
      'record.issued (completed), record.checked, record.referred, record.rejected, record.used, record.voided; record.corrected when an officer took his last act back. Pass over what you do not know.',
    ),
  state: z
    .string()
    .describe('How the record stands after it: issued, checked, referred, rejected, used or voided.'),
  cursor: z.string().describe('To go on after this event.'),
  occurredAt: moment,
  record: z.object({
    recordNumber: z.string(),
    licenceNumber: z.string().describe('12 digits.'),
    commission: z.string().describe('The home commission when this happened.'),
    lectureClass: z.enum(['excellent', 'general']),
    periodStart: day,
    periodEnd: day,
    issuedAt: moment,
  }),
});
export type CompletionEvent = z.infer<typeof CompletionEvent>;

export const CompletionPage = z.object({
  events: z.array(CompletionEvent).describe('In the order in which they were committed.'),
  next: z.string().describe('Ask for what comes after it; it stays good for ever.'),
  hasMore: z.boolean().describe('Ask again at once.'),
});

export const RegisterQuery = z.object({
  mode: z.enum(IMPORT_MODES).describe('whole: all drivers of a commission; changes: some of them.'),
  commission: z
    .string()
    .max(LIMITS.searchMaxLength)
    .optional()
    .describe('Whose drivers these are. A national partner names it with a whole file.'),
});

export const IdempotencyKey = z.string().min(1).max(LIMITS.idempotencyKeyMaxLength);

const lineNumber = z
  .number()
  .int()
  .describe('CSV: as an editor counts, headings are 1. JSON: the first driver is 1.');

const Fault = z.object({
  line: lineNumber,
  field: z
    .string()
    .describe('Name of the field; as it was sent where it is not known; empty for the whole line.'),
  column: z.string().describe('Heading of the column in the CSV file.'),
  code: z.enum(REGISTER_FAULT_CODES),
  firstLine: z.number().int().optional().describe('For what is said twice: where it was said first.'),
});

const counted = z.number().int().nonnegative();

export const RegisterAnswer = z.object({
  importId: z.uuid(),
  receivedAt: moment,
  mode: z.enum(IMPORT_MODES),
  rowCount: counted.describe('Drivers taken over.'),
  heldBackCount: counted,
  heldBack: z
    .array(Fault)
    .describe('Lines left out because the driver is registered with another commission. The first 200.'),
  missing: z
    .object({
      count: counted.describe('Drivers of the commission who are not in its last whole file. They stay.'),
      newCount: counted.describe('Of these, who is so since this file.'),
      newLicenceNumbers: z.array(z.string()).describe('The first 200 of the new ones.'),
    })
    .nullable()
    .describe('Of a whole file; null of changes.'),
});
export type RegisterAnswer = z.infer<typeof RegisterAnswer>;

/** RFC 9457. */
export const Problem = z.object({
  type: z.literal('about:blank'),
  title: z.string().describe('In Japanese, for people.'),
  status: z.number().int(),
  code: z.string().describe('For programs.'),
  faultCount: counted.optional(),
  faults: z.array(Fault).optional().describe('What is wrong in a register file. The first 200.'),
});
export type Problem = z.infer<typeof Problem>;

/** What a push sends (Standard Webhooks). */
export const PushedEvent = z.object({
  type: z.string(),
  timestamp: moment,
  data: CompletionEvent,
});
