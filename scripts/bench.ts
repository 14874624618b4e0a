/** `npm run bench -- NAME [options]`: prints readable lines and, last, one JSON line with the ratio to the limit. */
import path from 'node:path';

const BENCHES = {
  certificates: 'certificates.ts',
  counter: 'counter.ts',
  feed: 'feed.ts',
  fuzz: 'fuzz.ts',
  growth: 'growth.ts',
  heartbeats: 'heartbeats.ts',
  pages: 'pages.ts',
  player: 'player.ts',
  transcode: 'transcode.ts',
} as const;

const [name = '', ...options] = process.argv.slice(2);
if (!(name in BENCHES)) {
  process.stderr.write(`npm run bench -- NAME, where NAME is one of: ${Object.keys(BENCHES).join(', ')}\n`);
  process.exit(1);
}
const file = path.join(import.meta.dirname, '../bench', BENCHES[name as keyof typeof BENCHES]);
const bench = (await import(file)) as { run(options: string[]): Promise<Record<string, number | string>> };
const result = await bench.run(options);
process.stdout.write(`${JSON.stringify({ bench: name, ...result })}\n`);
