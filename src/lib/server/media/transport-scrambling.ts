import { open } from 'node:fs/promises';

const READ_BYTES = 4 * 1024 * 1024;
const SYNC_BYTE = 0x47;
const PACKET_BYTES = 188;
/** Discs and camcorders put a time of four bytes before each packet. */
const STRIDES = [PACKET_BYTES, 192];
const SCRAMBLING_BITS = 0b1100_0000;
const MIN_PACKETS = 20;
// Tables are never scrambled; of picture and sound nearly everything is.
const SCRAMBLED_SHARE = 0.25;

/** The scrambling bits of each packet, from the first offset where packets stand in a row. */
function scramblingOf(bytes: Buffer, stride: number): boolean[] {
  const isRow = (from: number) => [0, 1, 2, 3].every((n) => bytes[from + n * stride] === SYNC_BYTE);
  const first = Array.from({ length: stride }, (_, offset) => offset).find(isRow);
  if (first === undefined) return [];
  const found: boolean[] = [];
  for (let at = first; bytes[at] === SYNC_BYTE && at + PACKET_BYTES <= bytes.length; at += stride)
    found.push(((bytes[at + 3] ?? 0) & SCRAMBLING_BITS) !== 0);
  return found;
}

/**
 * Whether the first 4 MiB of a transport stream are scrambled for a smart card (`transport_scrambling_control`, ISO/IEC 13818-1
 * §2.4.3.3), as recordings of protected broadcasts are. ffmpeg does not look and would call them damaged.
 */
export async function isScrambledTransportStream(file: string): Promise<boolean> {
  const handle = await open(file);
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(READ_BYTES), 0, READ_BYTES, 0);
    const packets = STRIDES.map((stride) => scramblingOf(buffer.subarray(0, bytesRead), stride)).find(
      ({ length }) => length >= MIN_PACKETS,
    );
    return packets !== undefined && packets.filter(Boolean).length > packets.length * SCRAMBLED_SHARE;
  } finally {
    await handle.close();
  }
}
