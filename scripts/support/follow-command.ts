/** A command line that cannot be followed, or a file of it that cannot be read. */
export class WrongUsage extends Error {
  override readonly name = 'WrongUsage';
}

/** Runs a command and ends with the status that it answers; with 2, what is wrong and how to use it, on WrongUsage. */
export async function followCommand(main: () => Promise<number>, usage: string): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof WrongUsage)) throw error;
    process.stderr.write(`${error.message}\n\n${usage}\n`);
    process.exitCode = 2;
  }
}
