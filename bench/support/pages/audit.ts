import { gzipSync } from 'node:zlib';
import lighthouse, { type LighthouseResult } from 'lighthouse';

export type Throttling = 'simulate' | 'devtools';

export interface PageFigures {
  /** Lighthouse, 0 to 100. */
  readonly performance: number;
  readonly accessibility: number;
  readonly bestPractices: number;
  /** All scripts that the page loads, after gzip. */
  readonly scriptKb: number;
  /** As they came over the line. */
  readonly styleKb: number;
  readonly fontKb: number;
  readonly htmlKb: number;
  readonly cls: number;
  readonly lcpMs: number;
  readonly blockedMs: number;
  /** Lighthouse's measure of the machine; a quiet one of ours has more than 1,000. */
  readonly machine: number;
  /** What keeps a score from being full. */
  readonly wanting: readonly string[];
}

const CATEGORIES = ['performance', 'accessibility', 'best-practices'] as const;
const TRIES = 3;

/** The page as Lighthouse sees it with the phone profile: processor 4 times slower, 1.6 Mbit/s, 150 ms. The browser behind `port` has the cookies. */
export async function auditPage(
  url: string,
  port: number,
  throttlingMethod: Throttling,
): Promise<PageFigures> {
  const lhr = await measured(url, port, throttlingMethod);
  if (lhr.finalDisplayedUrl !== url) throw new Error(`${url} led to ${lhr.finalDisplayedUrl}`);
  const score = (category: (typeof CATEGORIES)[number]) =>
    Math.round((lhr.categories[category]?.score ?? 0) * 100);
  const valueOf = (audit: string) => lhr.audits[audit]?.numericValue ?? Number.NaN;
  const requests = lhr.audits['network-requests'].details.items;
  const kbOf = (type: string) =>
    kilo(
      requests.reduce(
        (sum, { resourceType, transferSize }) => sum + (resourceType === type ? transferSize : 0),
        0,
      ),
    );
  const scripts = requests.filter(({ resourceType }) => resourceType === 'Script');
  const weights = await Promise.all(scripts.map((script) => gzippedBytes(script.url)));
  return {
    performance: score('performance'),
    accessibility: score('accessibility'),
    bestPractices: score('best-practices'),
    scriptKb: kilo(weights.reduce((sum, bytes) => sum + bytes, 0)),
    styleKb: kbOf('Stylesheet'),
    fontKb: kbOf('Font'),
    htmlKb: kbOf('Document'),
    cls: Number(valueOf('cumulative-layout-shift').toFixed(3)),
    lcpMs: Math.round(valueOf('largest-contentful-paint')),
    blockedMs: Math.round(valueOf('total-blocking-time')),
    machine: Math.round(lhr.environment.benchmarkIndex),
    wanting: wantingOf(lhr),
  };
}

/** Lighthouse's report. Now and then it misses the beginning of its own trace, and asks to be run again. */
async function measured(url: string, port: number, throttlingMethod: Throttling): Promise<LighthouseResult> {
  let failed: string | undefined;
  for (let tries = 0; tries < TRIES; tries += 1) {
    const result = await lighthouse(url, {
      port,
      throttlingMethod,
      onlyCategories: CATEGORIES,
      logLevel: 'error',
    });
    if (!result) throw new Error(`Lighthouse said nothing of ${url}`);
    failed = result.lhr.audits['largest-contentful-paint']?.errorMessage;
    if (failed === undefined) return result.lhr;
  }
  throw new Error(`${url} could not be measured: ${failed}`);
}

const kilo = (bytes: number) => Number((bytes / 1_000).toFixed(1));

async function gzippedBytes(url: string): Promise<number> {
  const response = await fetch(url);
  return gzipSync(await response.bytes(), { level: 9 }).length;
}

function wantingOf({ categories, audits }: LighthouseResult): string[] {
  const ids = CATEGORIES.flatMap((category) => categories[category]?.auditRefs ?? []).map(({ id }) => id);
  return [...new Set(ids)].filter((id) => (audits[id]?.score ?? 1) < 0.9);
}
