import { gzipSync } from 'node:zlib';
import { chromium, type Browser, type BrowserContext, type Page } from '@playwright/test';

const ARGUMENTS = ['--no-sandbox', '--disable-gpu', '--mute-audio', '--disable-background-networking'];
const SETTLE_S = 3;

export interface Figures {
  readonly firstFrameMs: number;
  /** Processor time of the renderer processes for each second of play. */
  readonly cpuShare: number;
  readonly scripts: ReadonlyMap<string, Buffer>;
}

/** Opens a browser of its own, has the page opened and play pressed in it, and watches it play for so many seconds. */
export async function measurePlay(
  seconds: number,
  open: (page: Page, context: BrowserContext) => Promise<() => Promise<void>>,
): Promise<Figures> {
  const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
  const browser = await chromium.launch({ executablePath, args: ARGUMENTS });
  try {
    const context = await browser.newContext({ viewport: { width: 1366, height: 768 }, locale: 'ja-JP' });
    const page = await context.newPage();
    const scripts = new Map<string, Buffer>();
    page.on('response', (response) => {
      if (response.request().resourceType() !== 'script') return;
      response.body().then(
        (body) => scripts.set(new URL(response.url()).pathname, body),
        () => undefined,
      );
    });
    const press = await open(page, context);
    await page.evaluate(noteFirstFrame);
    await press();
    await page.waitForFunction(() => 'firstFrameMs' in globalThis, undefined, { timeout: 30_000 });
    const firstFrameMs = await page.evaluate(() => Reflect.get(globalThis, 'firstFrameMs') as number);
    await playFor(page, SETTLE_S);
    const before = await rendererSeconds(browser);
    const played = await playFor(page, seconds);
    const cpuShare = ((await rendererSeconds(browser)) - before) / played;
    return { firstFrameMs, cpuShare, scripts };
  } finally {
    await browser.close();
  }
}

/** In the page: how long from the press to the first picture that is shown. */
function noteFirstFrame(): void {
  let pressedAt = 0;
  document.addEventListener('click', () => (pressedAt ||= performance.now()), { capture: true });
  document.querySelector('video')?.requestVideoFrameCallback((now) => {
    Object.assign(globalThis, { firstFrameMs: now - pressedAt });
  });
}

/** Until so many more seconds of the video have been shown; answers how many they were. */
async function playFor(page: Page, seconds: number): Promise<number> {
  const position = () => page.evaluate(() => document.querySelector('video')?.currentTime ?? 0);
  const from = await position();
  await page.waitForFunction(
    (until) => (document.querySelector('video')?.currentTime ?? 0) >= until,
    from + seconds,
    { polling: 250, timeout: 120_000 },
  );
  return (await position()) - from;
}

async function rendererSeconds(browser: Browser): Promise<number> {
  const devtools = await browser.newBrowserCDPSession();
  const { processInfo } = await devtools.send('SystemInfo.getProcessInfo');
  await devtools.detach();
  return processInfo.reduce((sum, { type, cpuTime }) => sum + (type === 'renderer' ? cpuTime : 0), 0);
}

/** Weight of the scripts in bytes after gzip, of hls.js and of all others; hls.js is told by the names of its errors. */
export function weigh(scripts: ReadonlyMap<string, Buffer>): { hls: number; others: number } {
  const weight = { hls: 0, others: 0 };
  for (const body of scripts.values()) {
    const isHls = body.includes('bufferAppendError') && body.includes('manifestParsingError');
    weight[isHls ? 'hls' : 'others'] += gzipSync(body, { level: 9 }).length;
  }
  return weight;
}
