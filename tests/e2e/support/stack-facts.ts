import { readFileSync } from 'node:fs';
import path from 'node:path';

/** What the tests know of the running stack; written by global-stack.ts. */
export interface StackFacts {
  readonly origin: string;
  readonly officers: readonly {
    readonly id: string;
    readonly officerId: string;
    readonly role: string;
    readonly url: string;
  }[];
  /** Everything of the stack: logs, cards, media. */
  readonly folder: string;
  readonly databaseUrl: string;
  /** Where a card in a reader is asked for. */
  readonly cardOrigin: string;
  /** The settings of its processes, for a test that starts one of its own on the same database. */
  readonly environment: Readonly<Record<string, string>>;
}

export const STACK_FILE = path.join(import.meta.dirname, '../../../.data/e2e-stack.json');

export const stackFacts = () => JSON.parse(readFileSync(STACK_FILE, 'utf8')) as StackFacts;
