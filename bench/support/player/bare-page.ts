import { createReadStream, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import path from 'node:path';
import type { AddressInfo } from 'node:net';

const root = path.join(import.meta.dirname, '../../..');
const HLS_FILE = path.join(root, 'node_modules/hls.js/dist/hls.light.min.js');

/** The least page that plays the same stream: hls.js with the same settings of its buffer, a video of the same size, nothing else. */
const pageOf = (widthPx: number) => `<!doctype html><meta charset="utf-8"><title>bare</title>
<button id="play">play</button><video width="${widthPx}" playsinline></video><script src="/hls.js"></script><script>
const video = document.querySelector('video');
const hls = new Hls({ maxBufferLength: 52, maxMaxBufferLength: 52, maxBufferSize: 0, backBufferLength: 60, enableWorker: false,
  capLevelToPlayerSize: true });
hls.loadSource('/media/master.m3u8');
hls.attachMedia(video);
document.querySelector('#play').onclick = () => video.play();
</script>`;

export interface BarePage {
  readonly address: string;
  close(): void;
}

/** Serves that page, the packaged files of a video out of its folder, and its keys. */
export async function serveBarePage(options: {
  readonly mediaFolder: string;
  readonly keys: readonly string[];
  readonly widthPx: number;
}): Promise<BarePage> {
  const server = createServer((request, response) => {
    const url = request.url ?? '/';
    const key = /^\/media\/\d+\/key\/(\d+)$/.exec(url)?.[1];
    if (url === '/') response.setHeader('content-type', 'text/html').end(pageOf(options.widthPx));
    else if (url === '/hls.js')
      response.setHeader('content-type', 'text/javascript').end(readFileSync(HLS_FILE));
    else if (key !== undefined) response.end(Buffer.from(options.keys[Number(key)] ?? '', 'base64'));
    else if (/^\/media\/[\w/]+\.(m3u8|mp4|m4s)$/.test(url)) {
      const file = createReadStream(path.join(options.mediaFolder, url.slice('/media/'.length)));
      file.on('error', () => response.writeHead(404).end()).pipe(response);
    } else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return { address: `http://localhost:${port}/`, close: () => void server.close() };
}
