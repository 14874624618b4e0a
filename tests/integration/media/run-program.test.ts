import { existsSync, mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { Allowance } from '#lib/server/media/program-limits.ts';
import { ProgramError, runProgram } from '#lib/server/media/run-program.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'koshu-programs-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const MIB = 1024 ** 2;
const ALLOWANCE: Allowance = { memoryBytes: 256 * MIB, cpuSeconds: 20, fileBytes: MIB };

/** Runs a line of the shell as if it were ffmpeg, and answers what it printed. */
async function run(
  script: string,
  options: { allowance?: Allowance; silenceMs?: number; limitMs?: number } = {},
) {
  const lines: string[] = [];
  await runProgram({
    program: 'sh',
    arguments: ['-c', script],
    allowance: ALLOWANCE,
    folder,
    silenceMs: 20_000,
    onLine: (line) => lines.push(line),
    ...options,
  });
  return lines;
}

describe('a program that works on an upload', () => {
  it('hands over its lines and starts in its own folder', async () => {
    expect(await run('echo one; printf "two\\nthree"')).toEqual(['one', 'two', 'three']);
    expect(await run('pwd -P')).toEqual([folder]);
  });

  it('knows nothing of our environment but where programs are', async () => {
    process.env['WRAPPING_KEY'] = 'a secret';
    const names = (await run('env')).map((line) => line.split('=')[0]);
    delete process.env['WRAPPING_KEY'];
    expect(names).toContain('PATH');
    expect(
      names.filter(
        (name) =>
          !['PATH', 'LD_LIBRARY_PATH', 'LC_ALL', 'MALLOC_ARENA_MAX', 'PWD', 'OLDPWD', 'SHLVL', '_'].includes(
            name!,
          ),
      ),
    ).toEqual([]);
  });

  it('gets its arguments as they are, whatever a shell would make of them', async () => {
    const lines: string[] = [];
    const hostile = ['$(touch owned)', '; touch owned', '`touch owned`', '"', "'", '*'];
    await runProgram({
      program: 'printf',
      arguments: ['%s\\n', ...hostile],
      allowance: ALLOWANCE,
      folder,
      silenceMs: 20_000,
      onLine: (line) => lines.push(line),
    });
    expect(lines).toEqual(hostile);
    expect(existsSync(path.join(folder, 'owned'))).toBe(false);
  });

  it('ends when it has used its processor time', async () => {
    const endless = run('while :; do :; done', { allowance: { ...ALLOWANCE, cpuSeconds: 1 } });
    await expect(endless).rejects.toMatchObject({ name: 'ProgramError', exitCode: null });
  });

  it('ends when it has used its processor time, also as ffmpeg, which would end in order', async () => {
    const endless = runProgram({
      program: 'ffmpeg',
      arguments: ['-nostdin', '-v', 'info', '-f', 'lavfi', '-i', 'testsrc', '-f', 'null', '-'],
      allowance: { ...ALLOWANCE, memoryBytes: 2_000 * MIB, cpuSeconds: 1 },
      silenceMs: 20_000,
      onLine: () => undefined,
    });
    await expect(endless).rejects.toMatchObject({ name: 'ProgramError', exitCode: null });
  });

  it('gets no more memory than it may have', async () => {
    if (process.platform === 'darwin') return; // no limit of address space there: SECURITY.md
    const greedy = run('head -c 600000000 /dev/zero | tail -c 500000000 | wc -c >&2');
    const outcome = await greedy.catch((thrown: unknown) => thrown);
    const said = outcome instanceof ProgramError ? outcome.message : '0';
    expect(said).not.toContain('500000000');
  });

  it('writes no larger file than it may', async () => {
    await run('head -c 5000000 /dev/zero > large').catch(() => undefined);
    expect(statSync(path.join(folder, 'large')).size).toBeLessThanOrEqual(MIB);
  });

  it('does not fill our memory with a line without end', async () => {
    const [line] = await run("head -c 3000000 /dev/zero | tr '\\0' 'x'");
    expect(line).toHaveLength(64 * 1024);
  });

  it('is ended when it says nothing, or goes on for too long', async () => {
    await expect(run('exec sleep 30', { silenceMs: 100 })).rejects.toThrow('said nothing for 100 ms');
    const chatting = run('while :; do echo x; sleep 0.02; done', { limitMs: 300 });
    await expect(chatting).rejects.toThrow('took over 300 ms');
  });

  it('is refused by its own word, with the last of what it said', async () => {
    await expect(run('echo broken >&2; exit 69')).rejects.toMatchObject({
      name: 'ProgramError',
      exitCode: 69,
      message: expect.stringContaining('broken') as string,
    });
  });
});
