import { describe, expect, it } from 'vitest';
import japanese from '../../../messages/ja/refusals.json' with { type: 'json' };
import english from '../../../messages/en/refusals.json' with { type: 'json' };
import { LEARNER_REFUSALS, learnerRefusal, REFUSAL_NEXTS } from './learner-refusals.ts';
import { REFUSAL_CODES } from './refusal.ts';

const CATALOGUES: [string, Record<string, string>][] = [
  ['ja', japanese],
  ['en', english],
];
const refused = Object.entries(LEARNER_REFUSALS);

/** What is met before somebody has begun, on a page of the learner's, or by the player: never by an officer alone. */
const LEARNERS_OWN =
  /^(challenge|certificate|first_link_(?!already_decided|changed_meanwhile)|app_|provider_|viewing|chapter_(locked|not)|photo|presence|survey|not_|session_over|attendance_complete|consent|language_not_offered)/;

describe('every refusal that a learner can meet', () => {
  it('is told in parts', () => {
    const without = REFUSAL_CODES.filter((code) => LEARNERS_OWN.test(code) && learnerRefusal(code) === null);
    expect(without).toEqual([]);
  });

  it.each(CATALOGUES)('says what happened, that nothing was lost and what to do now: %s', (_, words) => {
    for (const [code, { kept, next }] of refused) {
      for (const key of [`refusal_${code}`, `refusal_kept_${kept}`, `refusal_next_${next}`]) {
        expect(words[key], key).toMatch(/[。.]$/);
      }
    }
  });

  it('says each part once', () => {
    const words: Record<string, string> = japanese;
    for (const [code] of refused) expect(words[`refusal_${code}`]).not.toMatch(/失われ|残って|ください/);
  });

  it('keeps sentences short, blames nobody and does not forbid', () => {
    for (const [key, text] of Object.entries<string>(japanese)) {
      const isLearners = /^refusal_(kept|next)_/.test(key) || key.replace('refusal_', '') in LEARNER_REFUSALS;
      if (!isLearners) continue;
      expect(text, key).not.toMatch(/不正|エラー|禁止|違反|失敗|あなたの(誤り|ミス)|しないでください/);
      for (const sentence of text.split('。')) expect([...sentence].length, sentence).toBeLessThanOrEqual(62);
    }
  });

  it('has no advice that nobody is given', () => {
    const given = new Set(refused.map(([, { next }]) => next));
    expect(REFUSAL_NEXTS.filter((next) => !given.has(next))).toEqual([]);
    const written = Object.keys(japanese).filter((key) => key.startsWith('refusal_next_'));
    expect(written.map((key) => key.replace('refusal_next_', '')).toSorted()).toEqual(
      [...REFUSAL_NEXTS].toSorted(),
    );
  });
});

it('has no parts for what officers meet', () => {
  expect(learnerRefusal('record_already_used')).toBeNull();
});
