/**
 * A quiet bed of soft chords and bell notes, made of sines, and a chime where the slide changes.
 * Nothing is recorded and nothing is random: the same lecture always sounds the same.
 */
import { loudnessOf, SAMPLE_RATE, type Stereo } from './loudness.ts';

const TARGET_LUFS = -23;
const CHORD_SECONDS = 5;
const FADE_SECONDS = 1.2;

const hertz = (midiNote: number): number => 440 * 2 ** ((midiNote - 69) / 12);

/** C, Am7, F, G6, Em7, Am7, Dm7, G6: MIDI numbers, root first. */
const CHORDS = [
  [48, 55, 64, 67],
  [45, 52, 60, 67],
  [41, 53, 57, 64],
  [43, 50, 59, 64],
  [40, 52, 59, 67],
  [45, 55, 60, 64],
  [38, 53, 57, 60],
  [43, 50, 57, 59],
] as const;

/** Bell notes of the pentatonic scale: [beat of 32, MIDI number], one beat a chord's quarter. */
const MELODY = [
  [0, 76], [2, 79], [5, 74], [8, 72], [10, 76], [13, 79], [16, 81], [18, 79], [21, 76], [25, 74], [28, 72], [30, 74],
] as const; // prettier-ignore

function silence(seconds: number): Stereo {
  const length = Math.round(seconds * SAMPLE_RATE);
  return { left: new Float32Array(length), right: new Float32Array(length) };
}

/** Adds a mono voice at `startSeconds`, turning round at the end so that a loop has no seam. */
function addVoice(
  into: Stereo,
  startSeconds: number,
  pan: number,
  seconds: number,
  voice: (time: number) => number,
): void {
  const offset = Math.round(startSeconds * SAMPLE_RATE);
  const [gainLeft, gainRight] = [Math.cos((pan * Math.PI) / 2), Math.sin((pan * Math.PI) / 2)];
  const length = into.left.length;
  for (let index = 0; index < seconds * SAMPLE_RATE; index += 1) {
    const value = voice(index / SAMPLE_RATE);
    const at = (offset + index) % length;
    into.left[at] = (into.left[at] ?? 0) + value * gainLeft;
    into.right[at] = (into.right[at] ?? 0) + value * gainRight;
  }
}

function bell(note: number, level: number): (time: number) => number {
  const w = 2 * Math.PI * hertz(note);
  return (time) =>
    level *
    Math.min(1, time / 0.006) *
    (Math.sin(w * time) * Math.exp(-time * 2.2) +
      0.35 * Math.sin(2 * w * time) * Math.exp(-time * 3.6) +
      0.12 * Math.sin(3.01 * w * time) * Math.exp(-time * 6));
}

function pad(note: number, level: number): (time: number) => number {
  const w = 2 * Math.PI * hertz(note);
  const total = CHORD_SECONDS + 1.8;
  return (time) => {
    const rise = Math.min(1, time / 1.8);
    const fall = Math.min(1, Math.max(0, (total - time) / 1.8));
    const envelope = (Math.sin((rise * Math.PI) / 2) * Math.sin((fall * Math.PI) / 2)) ** 2;
    return (
      level *
      envelope *
      (Math.sin(w * 0.9985 * time) + Math.sin(w * 1.0015 * time) + 0.3 * Math.sin(2 * w * time))
    );
  };
}

/** A soft echo, round the loop. */
function addEcho(sound: Stereo, delaySeconds: number, level: number): void {
  const delay = Math.round(delaySeconds * SAMPLE_RATE);
  const { left, right } = sound;
  const [dryLeft, dryRight] = [left.slice(), right.slice()];
  for (let index = 0; index < left.length; index += 1) {
    const once = (index - delay + left.length) % left.length;
    const twice = (index - 2 * delay + left.length) % left.length;
    left[index] = (left[index] ?? 0) + level * (dryRight[once] ?? 0) + level * level * (dryLeft[twice] ?? 0);
    right[index] =
      (right[index] ?? 0) + level * (dryLeft[once] ?? 0) + level * level * (dryRight[twice] ?? 0);
  }
}

/** Forty seconds of music without a seam, at −23 LUFS. */
export function makeMusicBed(): Stereo {
  const bed = silence(CHORDS.length * CHORD_SECONDS);
  CHORDS.forEach((chord, index) => {
    chord.forEach((note, voice) => {
      addVoice(
        bed,
        index * CHORD_SECONDS,
        0.3 + 0.13 * voice,
        CHORD_SECONDS + 1.8,
        pad(note, voice === 0 ? 0.09 : 0.05),
      );
    });
  });
  for (const [beat, note] of MELODY) {
    addVoice(bed, (beat * CHORD_SECONDS) / 4, beat % 4 === 0 ? 0.4 : 0.6, 4, bell(note, 0.09));
  }
  addEcho(bed, 0.37, 0.3);
  const gain = 10 ** ((TARGET_LUFS - loudnessOf(bed)) / 20);
  return { left: bed.left.map((value) => value * gain), right: bed.right.map((value) => value * gain) };
}

function makeChime(): Stereo {
  const chime = silence(3);
  addVoice(chime, 0, 0.45, 2.6, bell(84, 0.07));
  addVoice(chime, 0.16, 0.55, 2.6, bell(88, 0.06));
  return chime;
}

/** The chapter's sound as interleaved 16-bit PCM, a second at a time, so that an hour needs no more memory than a minute. */
export function* chapterSound(
  bed: Stereo,
  durationMs: number,
  chimesAtMs: readonly number[],
): Generator<Buffer> {
  const chime = makeChime();
  const total = Math.round((durationMs * SAMPLE_RATE) / 1000);
  const starts = chimesAtMs.map((ms) => Math.round((ms * SAMPLE_RATE) / 1000));
  const fade = FADE_SECONDS * SAMPLE_RATE;
  let next = 0;
  for (let from = 0; from < total; from += SAMPLE_RATE) {
    const length = Math.min(SAMPLE_RATE, total - from);
    const pcm = Buffer.alloc(length * 4);
    const sounding = starts.filter((start) => start < from + length && start + chime.left.length > from);
    for (let index = 0; index < length; index += 1, next += 1) {
      const loop = next % bed.left.length;
      const level = Math.min(1, next / fade, (total - next) / fade);
      let left = bed.left[loop] ?? 0;
      let right = bed.right[loop] ?? 0;
      for (const start of sounding) {
        left += chime.left[next - start] ?? 0;
        right += chime.right[next - start] ?? 0;
      }
      pcm.writeInt16LE(sample(left * level), index * 4);
      pcm.writeInt16LE(sample(right * level), index * 4 + 2);
    }
    yield pcm;
  }
}

const sample = (value: number): number => Math.max(-32_767, Math.min(32_767, Math.round(value * 32_767)));
