import path from 'node:path';

/** What the tests know of the running stack; written by global-stack.ts. */
export interface StackFacts {
  readonly origin: string;
  readonly officers: readonly { readonly id: string; readonly role: string; readonly url: string }[];
}

export const STACK_FILE = path.join(import.meta.dirname, '../../../.data/e2e-stack.json');
