import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { fuzz } from './support/fuzz/run.ts';
import { makeBenchPki } from './support/pki.ts';

/**
 * A million mutated certificates, revocation lists, OCSP answers and CMS signatures to their readers. `crashes` and `accepted` must be 0;
 * up to twenty of each are printed as base64, with the seed.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: { inputs: { type: 'string', default: '1000000' }, seed: { type: 'string' } },
  });
  const seed = Number(values.seed ?? randomInt(2 ** 31));
  const pki = await makeBenchPki();
  try {
    process.stdout.write(`seed ${seed}\n`);
    const result = await fuzz(pki, {
      inputs: Number(values.inputs),
      seed,
      onTarget: (line) => process.stdout.write(`${line}\n`),
    });
    for (const [refusal, count] of [...result.refusals].sort(([, a], [, b]) => b - a))
      process.stdout.write(`${String(count).padStart(8)}  ${refusal}\n`);
    process.stdout.write(`${String(result.unchanged).padStart(8)}  said what a genuine input says\n`);
    const { slowest } = result;
    process.stdout.write(
      `slowest: ${slowest.target}, ${slowest.ms.toFixed(1)} ms, ${slowest.base64.length} characters\n`,
    );
    for (const { target, what, base64 } of [...result.crashes, ...result.accepted])
      process.stdout.write(`${target}: ${what}\n  ${base64}\n`);
    if (result.crashes.length > 0 || result.accepted.length > 0) process.exitCode = 1;
    return {
      inputs: result.inputs,
      crashes: result.crashes.length,
      accepted: result.accepted.length,
      slowest_ms: Number(slowest.ms.toFixed(1)),
      seed,
    };
  } finally {
    pki.remove();
  }
}
