/** WebVTT captions (W3C WebVTT) that carry what the speaker says. */
import type { Words } from './lecture-script.ts';
import { CROSS_FADE_MS, type Showing } from './timing.ts';

/** How fast captions may be read; Japanese subtitling counts letters, English too, with spaces. */
export const READING = {
  jaLettersPerSecond: 8,
  enLettersPerSecond: 20,
  jaLineLetters: 20,
  enLineLetters: 42,
} as const;
const CALM_LETTERS_PER_SECOND = 5.5;
const GAP_MS = 100;

export interface Cue {
  readonly startMs: number;
  readonly endMs: number;
  readonly words: Words;
}

/** One cue a sentence, within its slide: spoken calmly, faster only when the slide is short. */
export function planCues(showings: readonly Showing[]): Cue[] {
  return showings.flatMap((showing) => {
    const from = showing.startMs + CROSS_FADE_MS / 2;
    const available = showing.endMs - GAP_MS - from;
    const letters = showing.narration.reduce((sum, words) => sum + words.ja.length, 0);
    const spoken = Math.min(available, (letters / CALM_LETTERS_PER_SECOND) * 1000);
    let start = from;
    return showing.narration.map((words) => {
      const share = (words.ja.length / letters) * spoken;
      const cue = { startMs: Math.ceil(start), endMs: Math.floor(start + share - GAP_MS), words };
      start += share;
      return cue;
    });
  });
}

function timestamp(ms: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${String(ms % 1000).padStart(3, '0')}`;
}

/** Breaks a Japanese sentence into at most two lines, after the comma nearest its middle. */
export function breakJapanese(sentence: string): string {
  if (sentence.length <= READING.jaLineLetters) return sentence;
  const middle = sentence.length / 2;
  const breaks = [...sentence].flatMap((letter, index) => (letter === '、' ? [index + 1] : []));
  const at = breaks.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0];
  return at === undefined ? sentence : `${sentence.slice(0, at)}\n${sentence.slice(at)}`;
}

/** Breaks an English sentence into at most two lines, at the space nearest its middle. */
export function breakEnglish(sentence: string): string {
  if (sentence.length <= READING.enLineLetters) return sentence;
  const middle = sentence.length / 2;
  const spaces = [...sentence].flatMap((letter, index) => (letter === ' ' ? [index] : []));
  const at = spaces.toSorted((a, b) => Math.abs(a - middle) - Math.abs(b - middle))[0] ?? 0;
  return `${sentence.slice(0, at)}\n${sentence.slice(at + 1)}`;
}

export function writeWebVtt(cues: readonly Cue[], language: keyof Words): string {
  const wrap = language === 'ja' ? breakJapanese : breakEnglish;
  const blocks = cues.map(
    (cue, index) =>
      `${index + 1}\n${timestamp(cue.startMs)} --> ${timestamp(cue.endMs)}\n${wrap(cue.words[language])}\n`,
  );
  return `WEBVTT\n\n${blocks.join('\n')}`;
}
