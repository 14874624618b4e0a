import { z } from 'zod';

/** Text that an administrator writes: no longer than `maxLength`, without the one character that PostgreSQL cannot keep. */
export function writtenText(maxLength: number) {
  return z
    .string()
    .trim()
    .max(maxLength)
    .refine((text) => !text.includes('\0'));
}
