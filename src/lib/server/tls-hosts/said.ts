import { z } from 'zod';

/** A variable that is there but empty says nothing. */
export const said = <S extends z.ZodType>(schema: S) =>
  z.preprocess((value) => (value === '' ? undefined : value), schema.optional());
