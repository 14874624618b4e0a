import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import files from '../../messages/files.json' with { type: 'json' };

const folder = path.join(import.meta.dirname, '../../messages');

/** A message with selectors, as the message format writes it: one pattern for each match. */
interface Variants {
  readonly declarations?: readonly string[];
  readonly selectors?: readonly string[];
  readonly match: Readonly<Record<string, string>>;
}
export type Message = string | readonly [Variants];
export type Messages = Readonly<Record<string, Message>>;

const json = (name: string): unknown => JSON.parse(readFileSync(path.join(folder, name), 'utf8'));

/** `learner`: every language has them; `office`: Japanese and English alone. Names without `.json`. */
export const FILES = files;

export function fileNames(language: string): string[] {
  return readdirSync(path.join(folder, language)).map((name) => name.replace(/\.json$/, ''));
}

/** None where a further language has no such file yet. */
export function messagesOf(language: string, file: string): Messages {
  return fileNames(language).includes(file) ? (json(`${language}/${file}.json`) as Messages) : {};
}

/** All messages of these files together. */
export function catalogue(language: string, names: readonly string[]): Messages {
  return Object.assign({}, ...names.map((name) => messagesOf(language, name))) as Messages;
}

/** Whether nothing is missing in it, and whether somebody who speaks it has read it. */
export function stateOf(language: string): { isComplete: boolean; isReviewed: boolean } {
  return json(`${language}/state.json`) as { isComplete: boolean; isReviewed: boolean };
}

/** Every text that the message can become, before facts are put in. */
export function patternsOf(message: Message): string[] {
  return typeof message === 'string' ? [message] : Object.values(message[0].match);
}

type Term = Readonly<Record<string, readonly string[]>> & { readonly shown: boolean };

/** The fixed terms by their Japanese; longer ones first, so that none is found inside another. */
export const TERMS = Object.entries(json('terms.json') as Record<string, Term>).sort(
  ([a], [b]) => b.length - a.length,
);

/** Without the fixed terms that stand in brackets in Japanese, to be recognised at the counter. */
export const withoutTerms = (text: string): string =>
  TERMS.reduce((rest, [term]) => rest.replaceAll(new RegExp(`[(\uFF08]${term}[)\uFF09]`, 'g'), ''), text);
