/** Tells a person at a terminal what a long start is doing; in a log file each step is one line. */
export interface Progress {
  step(label: string): void;
  /** How far a long step is, 0 to 1. */
  part(label: string, done: number): void;
  line(text?: string): void;
}

const PART_EVERY = 0.1;

export function terminalProgress(output: NodeJS.WriteStream): Progress {
  const startedAt = Date.now();
  let lastPart = '';
  let lastDone = 0;
  let isOnPart = false;
  const seconds = () => `${String(Math.round((Date.now() - startedAt) / 1000)).padStart(3)} s`;
  const endPart = () => {
    if (isOnPart) output.write('\n');
    isOnPart = false;
  };
  return {
    step(label) {
      endPart();
      output.write(`${seconds()}  ${label}\n`);
    },
    part(label, done) {
      const percent = `${String(Math.floor(done * 100)).padStart(3)}%`;
      if (output.isTTY) {
        output.write(`\r\u001b[K${seconds()}  ${percent}  ${label}`);
        isOnPart = true;
        return;
      }
      if (label === lastPart && done < 1 && done - lastDone < PART_EVERY) return;
      [lastPart, lastDone] = [label, done];
      output.write(`${seconds()}  ${percent}  ${label}\n`);
    },
    line(text = '') {
      endPart();
      output.write(`${text}\n`);
    },
  };
}
