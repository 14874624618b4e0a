import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/**
 * The flags of a command line. `--help` prints the usage and ends; a flag that does not exist, or lacks its value, is told
 * with the usage, and the program ends with status 1.
 */
export function readFlags<O extends ParseArgsOptionsConfig>(options: O, usage: string) {
  if (process.argv.includes('--help')) {
    process.stdout.write(`${usage}\n`);
    process.exit(0);
  }
  try {
    return parseArgs({ options, strict: true }).values;
  } catch (fault) {
    process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n${usage}\n`);
    process.exit(1);
  }
}
