import { tick } from 'svelte';
import { CardFault, readCardFile, type CardFaultCode } from '#lib/client/card-file.ts';
import { getLocale } from '#lib/paraglide/runtime.js';
import type { TestPerson } from '#lib/server/sign-in/test-cards.ts';
import { PIN_FAULTS } from './card-fault-words.ts';

export type ChooseCard = (file: () => Promise<Blob>, person: TestPerson | null) => void;

/** A card file from when it is chosen until it has signed, with the secret that opens it, which never leaves the page. */
export class CardSigning<Card extends { readonly holder: string }> {
  readonly #read: (file: Blob) => Promise<Card>;
  card = $state.raw<Card | null>(null);
  /** Whose it is, when it was handed out here. */
  person = $state.raw<TestPerson | null>(null);
  secret = $state('');
  isBusy = $state(false);
  fault = $state<CardFaultCode | 'line' | null>(null);
  secretInput = $state<HTMLInputElement>();

  constructor(read: (file: Blob) => Promise<Card>) {
    this.#read = read;
  }

  get holder(): string {
    if (this.person) return getLocale() === 'ja' ? this.person.nameJa : this.person.nameEn;
    return this.card?.holder ?? '';
  }
  /** What is wrong with the secret, said at its field. */
  get secretFault(): CardFaultCode | null {
    return this.fault !== null && this.fault !== 'line' && PIN_FAULTS.has(this.fault) ? this.fault : null;
  }
  /** Typed in full-width characters it is the same secret. */
  get normalizedSecret(): string {
    return this.secret.normalize('NFKC').replaceAll(/\s/g, '');
  }

  choose: ChooseCard = async (file, person) => {
    this.fault = null;
    this.secret = '';
    this.isBusy = true;
    try {
      this.card = await this.#read(await file());
      this.person = person;
    } catch (thrown) {
      this.#keepFault(thrown);
    }
    this.isBusy = false;
    await this.#askSecret();
  };

  /** The card that signs now. Throws `card_unreadable` without one. */
  begin(): Card {
    this.isBusy = true;
    this.fault = null;
    if (!this.card) throw new CardFault('card_unreadable');
    return this.card;
  }

  /** It did not sign: `thrown` says why, unless the page says it otherwise (null). */
  async stop(thrown: unknown): Promise<void> {
    this.isBusy = false;
    if (thrown !== null) this.#keepFault(thrown);
    this.secret = '';
    await this.#askSecret();
  }

  /** What it signed was refused: the next time begins with the choice of a card. */
  forget = (): void => {
    this.secret = '';
    this.card = null;
    this.fault = null;
  };

  #keepFault(thrown: unknown): void {
    this.fault = thrown instanceof CardFault ? thrown.code : 'line';
  }

  async #askSecret(): Promise<void> {
    await tick();
    this.secretInput?.focus();
  }
}

export const authCardSigning = () => new CardSigning((file) => readCardFile(file));
export const signingCardSigning = () => new CardSigning((file) => readCardFile(file, 'sign'));
