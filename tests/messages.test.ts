import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { LANGUAGE_CODES, type LanguageCode } from '#lib/domain/lectures/languages.ts';
import { LEARNER_REFUSALS } from '#lib/domain/learner-refusals.ts';
import { REFUSAL_CODES } from '#lib/domain/refusal.ts';
import { textWithRuby } from '#lib/http/ruby.ts';
import settings from '../project.inlang/settings.json' with { type: 'json' };
import {
  catalogue,
  fileNames,
  FILES,
  messagesOf,
  patternsOf,
  stateOf,
  TERMS,
  withoutTerms,
  type Message,
  type Messages,
} from './support/catalogue.ts';

const all = [...FILES.learner, ...FILES.office];
const japanese = catalogue('ja', all);
const english = catalogue('en', all);
const learner = catalogue('ja', FILES.learner);
const further: readonly LanguageCode[] = LANGUAGE_CODES.filter(
  (language) => language !== 'ja' && language !== 'en',
);
const complete = LANGUAGE_CODES.filter((language) => stateOf(language).isComplete);
const inLearners = (language: string): Messages => catalogue(language, FILES.learner);

const facts = (message: Message) => [
  ...new Set(patternsOf(message).flatMap((text) => text.match(/\{\w+\}/g) ?? [])),
];
const joiners = /[\u200C\u200D]/g;
const plain = (text: string) => text.replaceAll(joiners, '').toLowerCase();
const keysWhere = (messages: Messages, isWrong: (text: string, key: string) => boolean) =>
  Object.keys(messages).filter((key) => patternsOf(messages[key]!).some((text) => isWrong(text, key)));

describe('the files of words', () => {
  it('are those of the table, in every language of the lectures', () => {
    const paths = all.map((file) => `./messages/{locale}/${file}.json`);
    expect(settings['plugin.inlang.messageFormat'].pathPattern.toSorted()).toEqual(paths.sort());
    expect(settings.locales).toEqual(LANGUAGE_CODES);
    for (const language of LANGUAGE_CODES) {
      const own = further.includes(language) ? FILES.learner : all;
      expect(fileNames(language).filter((name) => ![...own, 'state'].includes(name))).toEqual([]);
    }
  });

  it('have no word twice', () => {
    for (const language of ['ja', 'en']) {
      const keys = all.flatMap((file) => Object.keys(messagesOf(language, file)));
      expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    }
  });

  it('have the same words in Japanese and English, each in the same file', () => {
    for (const file of all) {
      const keys = (language: string) => Object.keys(messagesOf(language, file)).sort();
      expect(keys('en')).toEqual(keys('ja'));
    }
  });
});

describe('the words', () => {
  it('exist for every refusal', () => {
    expect(REFUSAL_CODES.filter((refusal) => !japanese[`refusal_${refusal}`])).toEqual([]);
  });

  it('of refusals stand with the learners’ where a learner can meet them, else with the officers’', () => {
    const codes = (file: string) =>
      Object.keys(messagesOf('ja', file)).flatMap((key) =>
        REFUSAL_CODES.filter((code) => key === `refusal_${code}`),
      );
    expect(codes('refusals').sort()).toEqual(Object.keys(LEARNER_REFUSALS).sort());
    expect(codes('refusals-office')).toHaveLength(REFUSAL_CODES.length - codes('refusals').length);
  });

  it('never call the procedure 手続き or the completion record a certificate', () => {
    expect(keysWhere(japanese, (text) => /手続き|修了証/.test(text))).toEqual([]);
  });

  it('in English name the same facts, and have no Japanese left in them', () => {
    expect(
      Object.keys(japanese).filter(
        (key) => facts(japanese[key]!).sort().join() !== facts(english[key]!).sort().join(),
      ),
    ).toEqual([]);
    expect(keysWhere(english, (text) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))).toEqual([]);
  });

  it.each(LANGUAGE_CODES)('in %s are never empty, and hold neither markup nor loose ends', (language) => {
    const messages = catalogue(language, further.includes(language) ? FILES.learner : all);
    const isWrong = (text: string) =>
      text.trim() === '' || /<\/?[a-z]|\{[#/]|&\w+;|[{}]/i.test(text.replaceAll(/\{\w+\}/g, ''));
    expect(keysWhere(messages, isWrong)).toEqual([]);
  });

  it.each(LANGUAGE_CODES)('in %s have the plural forms that the language has', (language) => {
    const categories = new Set<string>(new Intl.PluralRules(language).resolvedOptions().pluralCategories);
    const wrong = Object.entries(inLearners(language)).filter(([, message]) => {
      if (typeof message === 'string') return false;
      const { declarations = [], match } = message[0];
      const plurals = declarations.flatMap((text) => /local (\w+) = \w+: plural/.exec(text)?.[1] ?? []);
      return plurals.some((name) => {
        const asked = Object.keys(match).flatMap(
          (key) => new RegExp(`${name}=([\\w*]+)`).exec(key)?.[1] ?? [],
        );
        const isWhole = asked.includes('*') || [...categories].every((category) => asked.includes(category));
        return !isWhole || asked.some((category) => category !== '*' && !categories.has(category));
      });
    });
    expect(wrong.map(([key]) => key)).toEqual([]);
  });
});

describe('the readings of Japanese words (messages/readings.json)', () => {
  it('are there for every kanji that a learner is shown', () => {
    const unread = Object.entries(learner).flatMap(([key, message]) =>
      patternsOf(message)
        .map((text) => textWithRuby(text.replaceAll(/\{\w+\}/g, '3')).replaceAll(/<ruby>.*?<\/ruby>/g, ''))
        .flatMap((rest) => rest.match(/[\p{Script=Han}々]+.{0,2}/gu) ?? [])
        .map((word) => `${key}: ${word}`),
    );
    expect(unread).toEqual([]);
  });
});

describe('the page that is left when no other can be written (src/error.html)', () => {
  it.each(LANGUAGE_CODES)('says in %s what happened, that nothing is lost and what to do', (language) => {
    const html = readFileSync(path.join(import.meta.dirname, '../src/error.html'), 'utf8').replaceAll(
      /\s+/g,
      ' ',
    );
    const own = inLearners(language);
    for (const key of ['error_title', 'error_nothing_lost', 'error_try_again', 'error_home'])
      expect(html, key).toContain(own[key]);
    expect(html).toContain(`lang="${language}"`);
  });
});

describe('the further languages', () => {
  it.each(complete)('lack no word of a learner: %s', (language) => {
    const messages = inLearners(language);
    expect(Object.keys(learner).filter((key) => messages[key] === undefined)).toEqual([]);
  });

  it.each(further)('have no word more than Japanese, and each in its file: %s', (language) => {
    for (const file of FILES.learner) {
      const source = messagesOf('ja', file);
      expect(Object.keys(messagesOf(language, file)).filter((key) => source[key] === undefined)).toEqual([]);
    }
  });

  it.each(further)('begin and end without a space where English does: %s', (language) => {
    const hasSpace = (text: string) => text.trim() !== text;
    const wrong = keysWhere(
      inLearners(language),
      (text, key) => hasSpace(text) && !patternsOf(english[key]!).some(hasSpace),
    );
    expect(wrong).toEqual([]);
  });

  it.each(further)('name the same facts: %s', (language) => {
    const wrong = Object.entries(inLearners(language)).filter(
      ([key, message]) => facts(message).sort().join() !== facts(learner[key]!).sort().join(),
    );
    expect(wrong.map(([key]) => key)).toEqual([]);
  });

  it.each(further)('have no Japanese left but terms in brackets: %s', (language) => {
    const foreign =
      language === 'zh'
        ? /[\p{Script=Hiragana}\p{Script=Katakana}]/u
        : /[\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Han}。、「」『』]/u;
    expect(keysWhere(inLearners(language), (text) => foreign.test(withoutTerms(text)))).toEqual([]);
  });

  it.each(further)('call fixed things by their names (messages/terms.json): %s', (language) => {
    const missing = Object.entries(inLearners(language)).flatMap(([key, message]) => {
      const said = plain(patternsOf(message).join(' '));
      let source = patternsOf(learner[key]!).join(' ');
      return TERMS.flatMap(([term, names]) => {
        if (!source.includes(term)) return [];
        source = source.replaceAll(term, ' ');
        return names[language]!.some((name) => said.includes(plain(name))) ? [] : [`${key}: ${term}`];
      });
    });
    expect(missing).toEqual([]);
  });

  it.each(further.filter((language) => complete.includes(language)))(
    'show once in Japanese what has to be recognised at the counter: %s',
    (language) => {
      const said = Object.values(inLearners(language)).flatMap(patternsOf).join(' ');
      const source = Object.values(learner).flatMap(patternsOf).join(' ');
      const unseen = TERMS.filter(
        ([term, { shown }]) =>
          shown && source.includes(term) && !new RegExp(`[(\uFF08]${term}[)\uFF09]`).test(said),
      );
      expect(unseen.map(([term]) => term)).toEqual([]);
    },
  );
});
