import type { Administrator } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { receiveUpload } from '#lib/server/videos/receive-upload.ts';

const base64 = (text: string) => Buffer.from(text).toString('base64');

export const uploadMetadata = (title: string, filename: string, modified = 1_700_000_000_000) =>
  `title ${base64(title)},filename ${base64(filename)},modified ${base64(String(modified))}`;

/** What a browser of this administrator sends (tus 1.0). */
export function browserOf(app: App, administrator: Administrator) {
  const send = (method: string, where: string, headers: Record<string, string> = {}, body?: Uint8Array) => {
    const request = new Request(`http://localhost:3000${where}`, {
      method,
      headers: { 'tus-resumable': '1.0.0', ...headers },
      ...(body ? { body: body as Uint8Array<ArrayBuffer> } : {}),
    });
    return receiveUpload(app, administrator, request);
  };
  return {
    send,
    /** Answers where the parts go. */
    async announce(bytes: number, title = '歩行者の優先', fileName = '第1章.mp4'): Promise<string> {
      const response = await send('POST', '/uploads', {
        'upload-length': String(bytes),
        'upload-metadata': uploadMetadata(title, fileName),
      });
      if (response.status !== 201) throw new Error(`the announcement was answered with ${response.status}`);
      return response.headers.get('location') ?? '';
    },
    sendPart: (where: string, offset: number, part: Uint8Array) =>
      send(
        'PATCH',
        where,
        { 'upload-offset': String(offset), 'content-type': 'application/offset+octet-stream' },
        part,
      ),
    /** How many bytes the server says that it has; the status when it says something else. */
    async ask(where: string): Promise<number> {
      const { status, headers } = await send('HEAD', where);
      return status === 200 ? Number(headers.get('upload-offset')) : -status;
    },
  };
}
