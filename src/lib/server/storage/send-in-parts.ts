import { open } from 'node:fs/promises';
import {
  AbortMultipartUploadCommand,
  CompleteMultipartUploadCommand,
  CreateMultipartUploadCommand,
  PutObjectCommand,
  UploadPartCommand,
  type CompletedPart,
  type S3Client,
} from '@aws-sdk/client-s3';

/** The most that a process holds of a file; 10,000 parts of it, S3's limit, are 160 GiB. */
const PART_BYTES = 16 * 1024 * 1024;

interface Place {
  readonly Bucket: string;
  readonly Key: string;
}

/**
 * Sends a file of this machine, a part at a time; each part is tried again by itself when the line breaks. Nothing is visible
 * before the last step, and nothing is left when it fails: except by a process that dies, see abortCutOff.
 */
export async function sendInParts(client: S3Client, place: Place, file: string): Promise<void> {
  const handle = await open(file);
  try {
    const buffer = Buffer.allocUnsafe(PART_BYTES);
    /** The next part, or what is left; a file that is being written may give less than it has. */
    const next = async (): Promise<Buffer> => {
      let filled = 0;
      while (filled < PART_BYTES) {
        const { bytesRead } = await handle.read(buffer, filled, PART_BYTES - filled);
        if (bytesRead === 0) break;
        filled += bytesRead;
      }
      return buffer.subarray(0, filled);
    };
    const first = await next();
    if (first.length < PART_BYTES) {
      await client.send(new PutObjectCommand({ ...place, Body: first, ContentLength: first.length }));
      return;
    }
    const { UploadId } = await client.send(new CreateMultipartUploadCommand(place));
    try {
      const parts: CompletedPart[] = [];
      for (let part = first; part.length > 0; part = await next()) {
        const PartNumber = parts.length + 1;
        const { ETag } = await client.send(
          new UploadPartCommand({ ...place, UploadId, PartNumber, Body: part, ContentLength: part.length }),
        );
        parts.push({ PartNumber, ETag });
      }
      const MultipartUpload = { Parts: parts };
      await client.send(new CompleteMultipartUploadCommand({ ...place, UploadId, MultipartUpload }));
    } catch (error) {
      // The server may be gone altogether: what made us stop is the fault to hear of.
      await client.send(new AbortMultipartUploadCommand({ ...place, UploadId })).catch(() => undefined);
      throw error;
    }
  } finally {
    await handle.close();
  }
}
