import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import type { BenchPki } from '../pki.ts';
import { edits, mutate } from './mutate.ts';
import { declined, makeTargets, type Target } from './targets.ts';

export interface Failure {
  readonly target: string;
  readonly what: string;
  readonly base64: string;
}

export interface FuzzResult {
  readonly inputs: number;
  /** Anything thrown that is not a refusal. */
  readonly crashes: readonly Failure[];
  /** Something believed that no genuine input says. */
  readonly accepted: readonly Failure[];
  /** Inputs that say what the genuine one says: the edits struck nothing, or what is not signed. */
  readonly unchanged: number;
  readonly refusals: ReadonlyMap<string, number>;
  /** Of the processor's time, so that a busy machine does not look like a slow reader. */
  readonly slowest: Failure & { readonly ms: number };
}

// Inputs are made so many at a time: a million of them at once would only fill memory.
const BATCH = 1_000;
const MAX_FAILURES = 20;

/** Gives so many mutated inputs to the readers of everything that strangers send. The same seed makes the same inputs from the same keys. */
export async function fuzz(
  pki: BenchPki,
  { inputs, seed, onTarget }: { inputs: number; seed: number; onTarget?: (line: string) => void },
): Promise<FuzzResult> {
  const targets = await makeTargets(pki);
  const crashes: Failure[] = [];
  const accepted: Failure[] = [];
  const refusals = new Map<string, number>();
  let [done, unchanged] = [0, 0];
  let slowest: FuzzResult['slowest'] = { target: '', what: '', base64: '', ms: 0 };
  for (const [index, target] of targets.entries()) {
    const isLast = index === targets.length - 1;
    const count = isLast ? inputs - done : Math.floor((inputs * target.share) / 100);
    const started = performance.now();
    const truths = await Promise.all(target.inputs.map(({ bytes }) => target.read(bytes)));
    for (const bytes of mutated(targets, target, { count, seed: seed + index })) {
      const from = process.cpuUsage();
      try {
        const pending = target.read(bytes);
        const believed = pending instanceof Promise ? await pending : pending;
        if (typeof believed === 'number' || truths.some((truth) => isDeepStrictEqual(truth, believed)))
          unchanged += 1;
        else note(accepted, target, 'accepted', bytes);
      } catch (error) {
        const refusal = declined(error);
        if (refusal === null) note(crashes, target, String(error), bytes);
        else refusals.set(refusal, (refusals.get(refusal) ?? 0) + 1);
      }
      const { user, system } = process.cpuUsage(from);
      const ms = (user + system) / 1_000;
      if (ms > slowest.ms)
        slowest = { target: target.name, what: 'slow', base64: bytes.toString('base64'), ms };
    }
    done += count;
    onTarget?.(
      `${target.name.padEnd(16)} ${String(count).padStart(8)} inputs in ${((performance.now() - started) / 1_000).toFixed(1)} s`,
    );
  }
  return { inputs: done, crashes, accepted, unchanged, refusals, slowest };
}

function* mutated(
  targets: readonly Target[],
  target: Target,
  { count, seed }: { count: number; seed: number },
): Generator<Buffer> {
  const donors = targets.flatMap(({ inputs }) => inputs);
  const choice = fc.tuple(fc.nat(target.inputs.length - 1), fc.nat(donors.length - 1), edits);
  for (let made = 0; made < count; made += BATCH) {
    const numRuns = Math.min(BATCH, count - made);
    for (const [own, donor, list] of fc.sample(choice, { numRuns, seed: seed + made }))
      yield mutate(target.inputs[own]!, donors[donor]!, list);
  }
}

function note(failures: Failure[], { name }: Target, what: string, bytes: Buffer): void {
  if (failures.length < MAX_FAILURES) failures.push({ target: name, what, base64: bytes.toString('base64') });
}
