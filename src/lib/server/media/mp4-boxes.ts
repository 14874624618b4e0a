/** As much of ISO/IEC 14496-12 as it takes to know what a fragmented MP4 says about its times. */

const SIZE_BYTES = 4;
const HEADER_BYTES = 8;
/** Version and flags of a full box. */
const FULL_BYTES = 4;

interface Box {
  readonly type: string;
  /** What is in it, without the header. */
  readonly content: Buffer;
}

function* boxesOf(content: Buffer): Generator<Box> {
  for (let at = 0; at + HEADER_BYTES <= content.length;) {
    const size = content.readUInt32BE(at);
    if (size < HEADER_BYTES || at + size > content.length) throw new Error('a box of an MP4 does not fit');
    const type = content.toString('latin1', at + SIZE_BYTES, at + HEADER_BYTES);
    yield { type, content: content.subarray(at + HEADER_BYTES, at + size) };
    at += size;
  }
}

function find(content: Buffer, ...path: string[]): Buffer | undefined {
  let inside: Buffer | undefined = content;
  for (const type of path) {
    if (inside === undefined) return undefined;
    inside = [...boxesOf(inside)].find((box) => box.type === type)?.content;
  }
  return inside;
}

function get(content: Buffer, ...path: string[]): Buffer {
  const found = find(content, ...path);
  if (found === undefined) throw new Error(`an MP4 has no ${path.join('/')}`);
  return found;
}

export interface Track {
  readonly id: number;
  /** Ticks in a second. */
  readonly timescale: number;
}

/** The track of this kind in an init segment. */
export function trackOf(initSegment: Buffer, kind: 'vide' | 'soun'): Track {
  const tracks = [...boxesOf(get(initSegment, 'moov'))].filter(({ type }) => type === 'trak');
  const track = tracks.find(
    ({ content }) => get(content, 'mdia', 'hdlr').toString('latin1', 8, 12) === kind, // after flags and predefined
  );
  if (!track) throw new Error(`an init segment has no track of ${kind}`);
  const [tkhd, mdhd] = [get(track.content, 'tkhd'), get(track.content, 'mdia', 'mdhd')];
  // Version 1 has times of 8 bytes before these fields, version 0 of 4.
  const afterTimes = (box: Buffer) => FULL_BYTES + (box[0] === 1 ? 16 : 8);
  return { id: tkhd.readUInt32BE(afterTimes(tkhd)), timescale: mdhd.readUInt32BE(afterTimes(mdhd)) };
}

const TFHD = { hasOffset: 0x1, hasDescription: 0x2, hasDuration: 0x8 };
const TRUN = {
  hasOffset: 0x1,
  hasFirstFlags: 0x4,
  hasDuration: 0x100,
  hasSize: 0x200,
  hasFlags: 0x400,
  hasShift: 0x800,
};

const flagsOf = (box: Buffer) => box.readUIntBE(1, 3);
const isSet = (flags: number, flag: number) => (flags & flag) !== 0;

function defaultDuration(tfhd: Buffer): number {
  const flags = flagsOf(tfhd);
  if (!isSet(flags, TFHD.hasDuration)) return 0;
  const before = (isSet(flags, TFHD.hasOffset) ? 8 : 0) + (isSet(flags, TFHD.hasDescription) ? 4 : 0);
  return tfhd.readUInt32BE(FULL_BYTES + 4 + before);
}

function durationOf(trun: Buffer, whenNotSaid: number): number {
  const flags = flagsOf(trun);
  const count = trun.readUInt32BE(FULL_BYTES);
  if (!isSet(flags, TRUN.hasDuration)) return count * whenNotSaid;
  const perSample =
    [TRUN.hasDuration, TRUN.hasSize, TRUN.hasFlags, TRUN.hasShift].filter((flag) => isSet(flags, flag))
      .length * 4;
  const first =
    FULL_BYTES + 4 + (isSet(flags, TRUN.hasOffset) ? 4 : 0) + (isSet(flags, TRUN.hasFirstFlags) ? 4 : 0);
  let ticks = 0;
  for (let index = 0; index < count; index += 1) ticks += trun.readUInt32BE(first + index * perSample);
  return ticks;
}

/** When this track's part of a fragment (its `moof`, whole) starts, and how long it is, in the track's ticks. */
export function timesOf(moof: Buffer, track: Track): { readonly start: number; readonly ticks: number } {
  const parts = [...boxesOf(moof.subarray(HEADER_BYTES))].filter(({ type }) => type === 'traf');
  const part = parts.find(({ content }) => get(content, 'tfhd').readUInt32BE(FULL_BYTES) === track.id);
  if (!part) throw new Error(`a fragment has nothing of track ${track.id}`);
  const tfdt = get(part.content, 'tfdt');
  const start = tfdt[0] === 1 ? Number(tfdt.readBigUInt64BE(FULL_BYTES)) : tfdt.readUInt32BE(FULL_BYTES);
  const whenNotSaid = defaultDuration(get(part.content, 'tfhd'));
  let ticks = 0;
  for (const { type, content } of boxesOf(part.content)) {
    if (type === 'trun') ticks += durationOf(content, whenNotSaid);
  }
  return { start, ticks };
}
