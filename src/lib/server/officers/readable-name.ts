import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';

/** As people read it: what looks the same is the same, spaces of any width and number are one; no signs that steer a terminal or a page. */
export const ReadableName = z
  .string()
  .max(LIMITS.officerNameMaxLength * 2)
  .transform((name) => name.normalize('NFC').replaceAll(/\s+/gu, ' ').trim())
  .pipe(
    z
      .string()
      .min(1)
      .max(LIMITS.officerNameMaxLength)
      .regex(/^[^\p{Cc}\p{Cf}\p{Co}\p{Cs}]*$/u),
  );
