import { ladderFor, type Rung } from './ladder.ts';

/** The picture that lectures are mostly made from. */
const FULL_HD = { width: 1_920, height: 1_080 } as const;
const CLEAR_SIDE = 480;
/** A line is never as steady as it was when it was measured. */
const MARGIN = 1.25;
const BITS_IN_BYTE = 8;

const kbpsOf = ({ maxVideoKbps, audioKbps }: Rung): number => maxVideoKbps + audioKbps;

const rungs = ladderFor(FULL_HD);
const lowestKbps = Math.min(...rungs.map(kbpsOf));
const clearKbps = Math.max(...rungs.filter(({ side }) => side <= CLEAR_SIDE).map(kbpsOf));

/** `clear`: the picture is clear; `sound`: the sound comes through, the picture is coarse or changes slowly; `tooSlow`: it will stand still. */
export type SpeedVerdict = 'clear' | 'sound' | 'tooSlow';

/** What a line of so many kilobits a second can carry, of the renditions that exist. */
export function verdictOnSpeed(kbps: number): SpeedVerdict {
  if (kbps >= clearKbps * MARGIN) return 'clear';
  return kbps >= lowestKbps * MARGIN ? 'sound' : 'tooSlow';
}

/** Megabytes of a lecture so many minutes long: in the rendition for bad lines, and at most in a clear one. */
export function lectureMegabytes(minutes: number): { readonly least: number; readonly clear: number } {
  const megabytes = (kbps: number) => Math.ceil((kbps * minutes * 60) / BITS_IN_BYTE / 1_000);
  return { least: megabytes(lowestKbps), clear: megabytes(clearKbps) };
}

/** Kilobits a second of what has come in so many milliseconds. */
export const measuredKbps = (bytes: number, ms: number): number => (bytes * BITS_IN_BYTE) / Math.max(ms, 1);
