import { S3Client, type S3ClientConfig } from '@aws-sdk/client-s3';
import type { S3Settings } from './settings.ts';

const MAX_ATTEMPTS = 4;
const CONNECTION_TIMEOUT_MS = 5_000;
/** How long a server may say nothing while it is asked or sends. */
const SILENCE_TIMEOUT_MS = 60_000;

/** How we speak to a server of S3, also one that knows no checksums but Content-MD5's time: it is only sent what it must have. */
export function s3ClientConfig(settings: S3Settings): S3ClientConfig {
  return {
    region: settings.region,
    forcePathStyle: settings.isPathStyle,
    maxAttempts: MAX_ATTEMPTS,
    requestChecksumCalculation: 'WHEN_REQUIRED',
    responseChecksumValidation: 'WHEN_REQUIRED',
    requestHandler: { connectionTimeout: CONNECTION_TIMEOUT_MS, socketTimeout: SILENCE_TIMEOUT_MS },
    ...(settings.endpoint !== undefined && { endpoint: settings.endpoint }),
    ...(settings.credentials && { credentials: settings.credentials }),
  };
}

export function openS3Client(settings: S3Settings): S3Client {
  return new S3Client(s3ClientConfig(settings));
}

const NOT_FOUND = new Set(['NoSuchKey', 'NotFound', 'NoSuchUpload']);

export const isNotFound = (error: unknown): boolean => error instanceof Error && NOT_FOUND.has(error.name);
