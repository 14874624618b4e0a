/** Programme loudness after ITU-R BS.1770-4, for 48 kHz stereo. */

export const SAMPLE_RATE = 48_000;

export interface Stereo {
  readonly left: Float32Array;
  readonly right: Float32Array;
}

/** The two filters of K-weighting (BS.1770-4 Annex 1, tables 1 and 2): b0, b1, b2, a1, a2. */
const SHELF = [
  1.53512485958697, -2.69169618940638, 1.19839281085285, -1.69065929318241, 0.73248077421585,
] as const;
const HIGH_PASS = [1, -2, 1, -1.99004745483398, 0.99007225036621] as const;

function biquad(input: Float32Array, [b0, b1, b2, a1, a2]: typeof SHELF | typeof HIGH_PASS): Float32Array {
  const output = new Float32Array(input.length);
  let [x1, x2, y1, y2] = [0, 0, 0, 0];
  for (let index = 0; index < input.length; index += 1) {
    const x = input[index] ?? 0;
    const y = b0 * x + b1 * x1 + b2 * x2 - a1 * y1 - a2 * y2;
    [x2, x1, y2, y1] = [x1, x, y1, y];
    output[index] = y;
  }
  return output;
}

/** Integrated loudness in LUFS without gating: right for sound that has no silences, such as a music bed. */
export function loudnessOf(sound: Stereo): number {
  let power = 0;
  for (const channel of [sound.left, sound.right]) {
    const weighted = biquad(biquad(channel, SHELF), HIGH_PASS);
    power += weighted.reduce((sum, value) => sum + value * value, 0) / weighted.length;
  }
  return -0.691 + 10 * Math.log10(power);
}
