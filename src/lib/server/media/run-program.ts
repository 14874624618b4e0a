import { spawn, type ChildProcess } from 'node:child_process';
import type { Readable } from 'node:stream';
import { limited, type Allowance } from './program-limits.ts';

const KEPT_ERROR_LINES = 20;
const MAX_LINE_CHARACTERS = 64 * 1024;
// What a shell answers when it could not start the program at all.
const NOT_STARTED: readonly (number | null)[] = [126, 127];

// ffmpeg ends in order at the limit of processor time (SIGXCPU), and says so.
const CAUGHT_LIMIT = /received signal 24\b/;

export interface ProgramRun {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly allowance: Allowance;
  readonly folder?: string;
  readonly signal?: AbortSignal;
  /** It is killed when it has printed nothing for so long. */
  readonly silenceMs: number;
  /** It is killed after so long, whatever it prints. */
  readonly limitMs?: number;
  readonly onLine: (line: string) => void;
  /** What it prints beside. */
  readonly onErrorLine?: (line: string) => void;
  /** Who reads what it writes to file descriptors 3, 4, …; it is killed when one of them throws. */
  readonly readers?: readonly ((output: Readable) => Promise<void>)[];
}

/** The program ran and said that it could not, or used up its allowance; its last words are the message. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
  /** Null when the system ended it at a limit. */
  readonly exitCode: number | null;
  constructor(message: string, exitCode: number | null) {
    super(message);
    this.exitCode = exitCode;
  }
}

const running = new Set<ChildProcess>();
// A worker that cannot end in order (run-jobs.ts) must not leave them behind.
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/**
 * ffmpeg's own bound on damage: of a hundred packets one may fail to be decoded, as a disturbed broadcast has it; beyond, it ends
 * with `TOO_MANY_ERRORS`.
 */
export const ERROR_RATE = ['-max_error_rate', '0.01'];
export const TOO_MANY_ERRORS = 69;

/** Lines as they come; of a line without end only the beginning, so that no output fills our memory. */
function readLines(stream: Readable, onLine: (line: string) => void): void {
  let begun = '';
  stream.setEncoding('utf8');
  stream.on('data', (text: string) => {
    const [first = '', ...others] = text.split('\n');
    const last = others.pop();
    begun = `${begun}${first}`.slice(0, MAX_LINE_CHARACTERS);
    if (last === undefined) return;
    for (const line of [begun, ...others]) onLine(line.slice(0, MAX_LINE_CHARACTERS));
    begun = last.slice(0, MAX_LINE_CHARACTERS);
  });
  stream.on('end', () => {
    if (begun !== '') onLine(begun);
  });
}

/**
 * Runs ffmpeg or ffprobe to its end within its allowance, without our environment, and hands over each line that it prints.
 * Rejects with ProgramError when it ended with another code than 0 or at a limit of the system; with a fault when it could not
 * start, fell silent, took too long, or was aborted (then it is killed first).
 */
export async function runProgram(run: ProgramRun): Promise<void> {
  const { readers = [] } = run;
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const { command, commandArguments } = limited(run.program, run.arguments, run.allowance);
  const child = spawn(command, commandArguments, {
    cwd: run.folder,
    stdio: ['ignore', 'pipe', 'pipe', ...readers.map(() => 'pipe' as const)],
    signal: run.signal,
    killSignal: 'SIGKILL',
  });
  running.add(child);
  // As asked for above, in the order of their descriptors.
  const [, stdout, stderr, ...outputs] = child.stdio as [null, Readable, Readable, ...Readable[]];
  let ended: string | undefined;
  const endAfter = (milliseconds: number, why: string) =>
    setTimeout(() => {
      ended = why;
      child.kill('SIGKILL');
    }, milliseconds);
  const silence = endAfter(run.silenceMs, `said nothing for ${run.silenceMs} ms`);
  const limit = run.limitMs === undefined ? undefined : endAfter(run.limitMs, `took over ${run.limitMs} ms`);

  const errors: string[] = [];
  readLines(stdout, (line) => {
    silence.refresh();
    run.onLine(line);
  });
  readLines(stderr, (line) => {
    errors.push(line);
    errors.splice(0, errors.length - KEPT_ERROR_LINES);
    run.onErrorLine?.(line);
  });
  let fault: Error | undefined;
  child.once('error', (error) => (fault ??= error));
  const reading = outputs.map((output, index) =>
    readers[index]?.(output).catch((thrown: unknown) => {
      fault ??= thrown instanceof Error ? thrown : new Error(String(thrown));
      child.kill('SIGKILL');
    }),
  );
  // 'close' comes after 'error' and after the last line: nothing of the program is left when this settles.
  child.once('close', async (code, endedBy) => {
    clearTimeout(silence);
    clearTimeout(limit);
    await Promise.all(reading);
    const lastWords = errors.join('\n');
    if (fault) reject(fault);
    else if (ended !== undefined) reject(new Error(`${run.program} ${ended} and was ended`));
    else if (endedBy === 'SIGXCPU' || endedBy === 'SIGXFSZ' || CAUGHT_LIMIT.test(lastWords))
      reject(new ProgramError(`${run.program} used up what it may (${endedBy ?? 'SIGXCPU'})`, null));
    else if (endedBy) reject(new Error(`${run.program} was ended by ${endedBy}`));
    else if (NOT_STARTED.includes(code))
      reject(new Error(`${run.program} could not be started: ${lastWords}`));
    else if (code !== 0) reject(new ProgramError(`${run.program} ended with ${code}:\n${lastWords}`, code));
    else resolve(undefined);
  });
  try {
    await promise;
  } finally {
    running.delete(child);
  }
}
