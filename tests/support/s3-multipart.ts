import { existsSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import path from 'node:path';

/** Where s3rver keeps the sendings in parts of a bucket: a folder each, with `key` and the parts by number. */
const sendingsOf = (directory: string, bucket: string) => path.join(directory, bucket, '._S3rver_uploads');

function answer(response: ServerResponse, status: number, root: string, inner: string): void {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<${root}>${inner}</${root}>`;
  response.writeHead(status, { 'content-type': 'application/xml' }).end(status === 204 ? undefined : xml);
}

function listParts(folder: string): string {
  const numbers = readdirSync(folder).filter(
    (name) => /^\d+$/.test(name) && existsSync(path.join(folder, `${name}.md5`)),
  );
  const parts = numbers
    .sort((a, b) => Number(a) - Number(b))
    .map((number) => {
      const etag = readFileSync(path.join(folder, `${number}.md5`), 'utf8');
      const { size, mtime } = statSync(path.join(folder, number));
      return `<Part><PartNumber>${number}</PartNumber><LastModified>${mtime.toISOString()}</LastModified><ETag>"${etag}"</ETag><Size>${size}</Size></Part>`;
    });
  return `${parts.join('')}<IsTruncated>false</IsTruncated>`;
}

function listSendings(root: string, prefix: string): string {
  const folders = existsSync(root) ? readdirSync(root) : [];
  const sendings = folders.map((id) => {
    const file = path.join(root, id, 'key');
    return { id, key: readFileSync(file, 'utf8'), begunAt: statSync(file).mtime.toISOString() };
  });
  const shown = sendings
    .filter(({ key }) => key.startsWith(prefix))
    .map(
      ({ id, key, begunAt }) =>
        `<Upload><Key>${key}</Key><UploadId>${id}</UploadId><Initiated>${begunAt}</Initiated></Upload>`,
    );
  return `${shown.join('')}<IsTruncated>false</IsTruncated>`;
}

/**
 * What s3rver lacks of S3's sending in parts: ListParts, AbortMultipartUpload, ListMultipartUploads, and NoSuchUpload for what
 * was aborted. Answers false for everything else, which is s3rver's.
 */
export function answerMultipart(
  directory: string,
  request: IncomingMessage,
  response: ServerResponse,
): boolean {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  const [, bucket = ''] = pathname.split('/');
  const root = sendingsOf(directory, bucket);
  if (request.method === 'GET' && searchParams.has('uploads')) {
    answer(response, 200, 'ListMultipartUploadsResult', listSendings(root, searchParams.get('prefix') ?? ''));
    return true;
  }
  const uploadId = searchParams.get('uploadId');
  if (uploadId === null) return false;
  const folder = path.join(root, path.basename(uploadId));
  if (!existsSync(folder)) {
    request.resume();
    answer(response, 404, 'Error', '<Code>NoSuchUpload</Code><Message>The upload does not exist.</Message>');
    return true;
  }
  if (request.method === 'GET') answer(response, 200, 'ListPartsResult', listParts(folder));
  else if (request.method === 'DELETE') {
    rmSync(folder, { recursive: true });
    answer(response, 204, '', '');
  } else return false;
  return true;
}
