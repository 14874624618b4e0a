import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';

const KEPT_ERROR_LINES = 20;

export interface ProgramRun {
  readonly program: string;
  readonly arguments: readonly string[];
  readonly folder?: string;
  readonly signal?: AbortSignal;
  /** It is killed when it has printed nothing for so long. */
  readonly silenceMs: number;
  readonly onLine: (line: string) => void;
}

/** The program ran and said that it could not; its last words are the message. */
export class ProgramError extends Error {
  override readonly name = 'ProgramError';
}

/**
 * Runs ffmpeg or ffprobe to its end and hands over each line that it prints. Rejects with ProgramError when it ended with
 * another code than 0; with a fault when it could not start, fell silent, or was aborted (then it is killed first).
 */
export async function runProgram(run: ProgramRun): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<undefined>();
  const child = spawn(run.program, run.arguments, {
    cwd: run.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    signal: run.signal,
    killSignal: 'SIGKILL',
  });
  let isSilent = false;
  const silence = setTimeout(() => {
    isSilent = true;
    child.kill('SIGKILL');
  }, run.silenceMs);

  const errors: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    silence.refresh();
    run.onLine(line);
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    errors.push(line);
    errors.splice(0, errors.length - KEPT_ERROR_LINES);
  });
  let fault: Error | undefined;
  child.once('error', (error) => (fault = error));
  // 'close' comes after 'error' and after the last line: nothing of the program is left when this settles.
  child.once('close', (code, killedBy) => {
    clearTimeout(silence);
    if (fault) reject(fault);
    else if (isSilent) reject(new Error(`${run.program} said nothing for ${run.silenceMs} ms and was ended`));
    else if (killedBy) reject(new Error(`${run.program} was ended by ${killedBy}`));
    else if (code !== 0) reject(new ProgramError(`${run.program} ended with ${code}:\n${errors.join('\n')}`));
    else resolve(undefined);
  });
  await promise;
}
