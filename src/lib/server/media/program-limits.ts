import os from 'node:os';

/** What one run of a program may use. */
export interface Allowance {
  /** Of address space. Systems that cannot limit it (macOS) do not. */
  readonly memoryBytes: number;
  /** Of all its threads together. */
  readonly cpuSeconds: number;
  /** Of each file that it writes; 0 when it has nothing to write. */
  readonly fileBytes: number;
}

const MIB = 1024 ** 2;
const GIB = 1024 ** 3;
const BLOCK_BYTES = 512;
const KIB = 1024;

/** For reading what a file says about itself: an 8K picture is decoded in about 1 GiB. */
export const LOOKING: Allowance = { memoryBytes: 2 * GIB, cpuSeconds: 600, fileBytes: 0 };

// Every core brings threads with stacks and pictures of their own.
const BYTES_A_CORE = 64 * MIB;

/**
 * For making the renditions of the longest video that there may be. Four of 1080 lines take 2 GiB of addresses; the rest is for
 * larger sources, up to what leaves the machine something. Its segments of six seconds are a few megabytes each.
 */
export const TRANSCODING: Allowance = {
  memoryBytes:
    Math.max(3 * GIB, Math.min(8 * GIB, Math.round(os.totalmem() * 0.75))) +
    os.availableParallelism() * BYTES_A_CORE,
  cpuSeconds: 48 * 3_600,
  fileBytes: 256 * MIB,
};

/**
 * Sets the limits and becomes the program: `exec` keeps the process, so that a signal to it reaches the program. Nothing of the
 * arguments is read by the shell. Of our environment only where programs and libraries are goes on: secrets stay here, and nobody
 * turns on reports or proxies. Two memory arenas instead of eight for every core keep address space near to what is used.
 */
const SCRIPT = [
  'ulimit -c 0; ulimit -s 2048',
  'ulimit -v "$1" 2>/dev/null',
  'ulimit -S -t "$2"; ulimit -H -t "$(($2 + 30))"',
  'ulimit -f "$3"',
  'shift 3',
  'exec env -i LC_ALL=C MALLOC_ARENA_MAX=2 PATH="$PATH" ${LD_LIBRARY_PATH:+LD_LIBRARY_PATH="$LD_LIBRARY_PATH"} "$@"',
].join('; ');

/** The command that runs a program within its allowance, and its arguments. */
export function limited(
  program: string,
  programArguments: readonly string[],
  { memoryBytes, cpuSeconds, fileBytes }: Allowance,
): { readonly command: string; readonly commandArguments: string[] } {
  const limits = [
    Math.floor(memoryBytes / KIB),
    Math.ceil(cpuSeconds),
    Math.ceil(fileBytes / BLOCK_BYTES),
  ].map(String);
  return {
    command: '/bin/sh',
    commandArguments: ['-c', SCRIPT, 'sh', ...limits, program, ...programArguments],
  };
}
