import { encode } from 'uqr';

/** A QR code as one SVG path in a square of `size` modules, without the quiet zone of four that has to be around it. */
export interface QrCode {
  readonly size: number;
  readonly path: string;
}

/** Error correction M: a crease or a finger mark does not matter, and the modules stay large. */
export function drawQrCode(text: string): QrCode {
  const { data, size } = encode(text, { ecc: 'M', border: 0 });
  const rows = data.map((row, y) =>
    runsOf(row)
      .map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`)
      .join(''),
  );
  return { size, path: rows.join('') };
}

/** Where the dark runs of a row begin, and how long they are. */
function runsOf(row: readonly boolean[]): [x: number, length: number][] {
  const runs: [number, number][] = [];
  for (const [x, isDark] of row.entries()) {
    const last = runs.at(-1);
    if (!isDark) continue;
    if (last && last[0] + last[1] === x) last[1] += 1;
    else runs.push([x, 1]);
  }
  return runs;
}
