/**
 * `npm test`: every check there is, one after the other, each told in words; the last line is `N passed, N failed`.
 * A check that is no test runner counts as one.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { buildWeb } from './support/build-web.ts';

const root = path.join(import.meta.dirname, '..');
const results = path.join(root, 'test-results');

interface Count {
  readonly passed: number;
  readonly failed: number;
}
interface Check {
  readonly name: string;
  run(): Promise<Count>;
}

function runProgram(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const env = { ...process.env, NO_COLOR: '1', FORCE_COLOR: undefined };
    const child = spawn(command, args, { cwd: root, env, stdio: ['ignore', 'inherit', 'inherit'] });
    child.once('error', () => resolve(false));
    child.once('exit', (code) => resolve(code === 0));
  });
}

const one = (hasPassed: boolean): Count => ({ passed: hasPassed ? 1 : 0, failed: hasPassed ? 0 : 1 });

const script = (name: string, npmScript: string): Check => ({
  name,
  run: async () => one(await runProgram('npm', ['run', '--silent', npmScript])),
});

/** Counts what a runner wrote into its report; a run without tests has failed. */
function countReport(file: string, hasPassed: boolean, read: (report: never) => Count): Count {
  if (!existsSync(file)) return { passed: 0, failed: 1 };
  const count = read(JSON.parse(readFileSync(file, 'utf8')) as never);
  const isEmpty = count.passed + count.failed === 0;
  return {
    passed: count.passed,
    failed: isEmpty || (!hasPassed && count.failed === 0) ? count.failed + 1 : count.failed,
  };
}

const vitest = (project: string): Check => ({
  name: `${project} tests`,
  async run() {
    const file = path.join(results, `${project}.json`);
    const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${file}`];
    const hasPassed = await runProgram('npx', ['vitest', 'run', '--project', project, ...reporters]);
    return countReport(file, hasPassed, (report: { numPassedTests: number; numFailedTests: number }) => ({
      passed: report.numPassedTests,
      failed: report.numFailedTests,
    }));
  },
});

const endToEnd: Check = {
  name: 'end-to-end tests in Chromium',
  async run() {
    const hasPassed = await runProgram('npx', ['playwright', 'test', ...process.argv.slice(2)]);
    return countReport(
      path.join(results, 'e2e.json'),
      hasPassed,
      (report: { stats: { expected: number; unexpected: number; flaky: number } }) => ({
        passed: report.stats.expected + report.stats.flaky,
        failed: report.stats.unexpected,
      }),
    );
  },
};

const CHECKS: readonly Check[] = [
  script('types', 'check:types'),
  script('lint and format', 'check:lint'),
  script('import rules', 'check:imports'),
  script('dead code', 'check:dead'),
  script('schema and table types', 'check:schema'),
  vitest('unit'),
  vitest('integration'),
  { name: 'build', run: () => buildWeb().then(() => one(true)) },
  script('weight of the pages', 'check:weight'),
  vitest('adversary'),
  endToEnd,
];

rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
let passed = 0;
let failed = 0;
for (const check of CHECKS) {
  const startedAt = performance.now();
  process.stdout.write(`\n── ${check.name}\n`);
  const count = await check.run().catch((fault: unknown) => {
    process.stdout.write(`${String(fault)}\n`);
    return one(false);
  });
  passed += count.passed;
  failed += count.failed;
  const seconds = Math.round((performance.now() - startedAt) / 1000);
  process.stdout.write(
    `── ${check.name}: ${count.failed === 0 ? 'ok' : 'FAILED'} (${count.passed} passed, ${count.failed} failed, ${seconds} s)\n`,
  );
}
process.stdout.write(`\n${passed} passed, ${failed} failed\n`);
process.exitCode = failed === 0 ? 0 : 1;
