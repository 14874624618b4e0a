import { AbortMultipartUploadCommand, ListMultipartUploadsCommand, type S3Client } from '@aws-sdk/client-s3';
import { isNotFound } from './s3-client.ts';
import type { S3Settings } from './settings.ts';

/**
 * Aborts the sendings in parts (writes of large files) that a dead process began before `before`: they are invisible, and cost
 * as much as what is seen. Those of the keys in `kept` stay. Answers how many.
 */
export async function abortCutOff(
  client: S3Client,
  settings: S3Settings,
  { before, kept }: { readonly before: Date; readonly kept: ReadonlySet<string> },
): Promise<number> {
  const { bucket: Bucket, prefix } = settings;
  let aborted = 0;
  let marker: { KeyMarker?: string | undefined; UploadIdMarker?: string | undefined } | undefined = {};
  while (marker) {
    const page: {
      readonly Uploads?:
        | { Key?: string | undefined; UploadId?: string | undefined; Initiated?: Date | undefined }[]
        | undefined;
      readonly IsTruncated?: boolean | undefined;
      readonly NextKeyMarker?: string | undefined;
      readonly NextUploadIdMarker?: string | undefined;
    } = await client.send(
      new ListMultipartUploadsCommand({ Bucket, ...(prefix === '' ? {} : { Prefix: prefix }), ...marker }),
    );
    for (const { Key = '', UploadId, Initiated } of page.Uploads ?? []) {
      const isOurs = Key.startsWith(prefix) && !kept.has(Key.slice(prefix.length));
      if (!isOurs || Initiated === undefined || Initiated >= before) continue;
      try {
        await client.send(new AbortMultipartUploadCommand({ Bucket, Key, UploadId }));
        aborted += 1;
      } catch (error) {
        if (!isNotFound(error)) throw error;
      }
    }
    marker =
      page.IsTruncated === true
        ? { KeyMarker: page.NextKeyMarker, UploadIdMarker: page.NextUploadIdMarker }
        : undefined;
  }
  return aborted;
}
