import { z } from 'zod';

/** The record that an officer acts on, as he saw it. */
export const SeenRecord = z.object({
  /** Without separators (domain/records/record-number.ts). */
  recordNumber: z.string().regex(/^K\d{11}$/),
  version: z.coerce.number().int().positive(),
});
