import { z } from 'zod';

/** Where files are kept: in a folder of DATA_DIR, or in a bucket of a server that speaks S3. */
export type StorageSettings = { readonly kind: 'files' } | S3Settings;

export interface S3Settings {
  readonly kind: 's3';
  /** Undefined: Amazon's, by the region. */
  readonly endpoint: string | undefined;
  readonly region: string;
  readonly bucket: string;
  /** Before every key, ending in a slash; '' for none. */
  readonly prefix: string;
  /** `https://endpoint/bucket/key` rather than `https://bucket.endpoint/key`. */
  readonly isPathStyle: boolean;
  /** Undefined: what the machine has by itself (a role, a profile). */
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string } | undefined;
}

// In an environment file `NAME=` means that it is not said.
const said = <T extends z.ZodType>(schema: T) =>
  z.preprocess((text) => (text === '' ? undefined : text), schema);
const PREFIX = /^[A-Za-z0-9_-]+(?:[./][A-Za-z0-9_-]+)*\/?$/;

const S3Environment = z
  .object({
    S3_ENDPOINT: said(z.url({ protocol: /^https?$/ }).optional()),
    S3_REGION: said(z.string().default('us-east-1')),
    S3_BUCKET: said(z.string().regex(/^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/, 'must be the name of a bucket')),
    S3_PREFIX: said(z.string().regex(PREFIX, 'must be names joined by slashes').optional()),
    S3_PATH_STYLE: said(z.enum(['0', '1']).optional()),
    S3_ACCESS_KEY_ID: said(z.string().optional()),
    S3_SECRET_ACCESS_KEY: said(z.string().optional()),
  })
  .superRefine((env, context) => {
    if ((env.S3_ACCESS_KEY_ID === undefined) === (env.S3_SECRET_ACCESS_KEY === undefined)) return;
    const missing = env.S3_ACCESS_KEY_ID === undefined ? 'S3_ACCESS_KEY_ID' : 'S3_SECRET_ACCESS_KEY';
    context.addIssue({ code: 'custom', path: [missing], message: 'both of the key pair, or neither' });
  });

/** What of the environment says where files are kept. Says everything that is missing for S3 at once. */
export const StorageEnvironment = z
  .object({ STORAGE: said(z.enum(['files', 's3']).default('files')) })
  .loose()
  .transform((env, context): StorageSettings => {
    if (env.STORAGE === 'files') return { kind: 'files' };
    const parsed = S3Environment.safeParse(env);
    if (!parsed.success) {
      for (const { path, message } of parsed.error.issues)
        context.addIssue({ code: 'custom', path, message });
      return z.NEVER;
    }
    const s3 = parsed.data;
    return {
      kind: 's3',
      endpoint: s3.S3_ENDPOINT,
      region: s3.S3_REGION,
      bucket: s3.S3_BUCKET,
      prefix: s3.S3_PREFIX === undefined ? '' : `${s3.S3_PREFIX.replace(/\/$/, '')}/`,
      isPathStyle: s3.S3_PATH_STYLE === undefined ? s3.S3_ENDPOINT !== undefined : s3.S3_PATH_STYLE === '1',
      credentials:
        s3.S3_ACCESS_KEY_ID === undefined || s3.S3_SECRET_ACCESS_KEY === undefined
          ? undefined
          : { accessKeyId: s3.S3_ACCESS_KEY_ID, secretAccessKey: s3.S3_SECRET_ACCESS_KEY },
    };
  });
