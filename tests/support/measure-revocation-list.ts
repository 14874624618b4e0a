/** Run with --expose-gc: what it costs to keep a revocation list in memory. Arguments: the list, the authority's PEM. Prints JSON. */
import { readFileSync } from 'node:fs';
import { readAnchor } from '#lib/server/certificates/anchor.ts';
import { crlFiles } from '#lib/server/certificates/revocation-by-crl.ts';

const [, , list = '', pem = ''] = process.argv;

function usedBytes(): number {
  if (!globalThis.gc) throw new Error('run with --expose-gc');
  // What is kept outside the heap is only let go in a second round.
  globalThis.gc();
  globalThis.gc();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const settings = { id: 'auth-1', kind: 'auth', policies: ['1.2.3'], env: 'test' } as const;
const anchor = readAnchor(readFileSync(pem, 'utf8'), settings);
const at = new Date('2026-11-22T03:00:00Z');

const before = usedBytes();
const source = crlFiles([list], [anchor]);
const isRevoked = await source.isRevoked(anchor, '01000000', at);
const keptBytes = usedBytes() - before;
// Asked once more, so that nothing could be let go before it was measured.
const isStillRevoked = await source.isRevoked(anchor, '01000000', at);
process.stdout.write(JSON.stringify({ keptBytes, isRevoked, isStillRevoked }));
