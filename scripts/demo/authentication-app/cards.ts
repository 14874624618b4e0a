import { createDecipheriv, pbkdf2 } from 'node:crypto';
import { existsSync, promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CardFile } from '#lib/client/card-file.ts';
import { Refusal, type RefusalCode } from '#lib/domain/refusal.ts';
import { loadTrust } from '#lib/server/certificates/trust.ts';
import { verifyCertificate } from '#lib/server/certificates/verify-certificate.ts';
import type { TestPerson } from '#lib/server/sign-in/test-cards.ts';

/** What a card is asked for: who is there (a PIN of four digits), or a signature (a password). */
export type CardUse = 'auth' | 'sign';

/** A card locks after so many wrong ones in a row, as a real one does. */
const TRIES: Readonly<Record<CardUse, number>> = { auth: 3, sign: 5 };
const FILE_END: Readonly<Record<CardUse, string>> = { auth: '.card.json', sign: '.sign.card.json' };
const TAG_BYTES = 16;
const deriveKey = promisify(pbkdf2);

export interface OpenedCard {
  readonly kind: 'accepted';
  /** DER. */
  readonly certificate: Buffer;
  /** PKCS#8. */
  readonly privateKey: Buffer;
}

export type Presented =
  | OpenedCard
  | { readonly kind: 'wrongSecret'; readonly triesLeft: number }
  | { readonly kind: 'locked' }
  | { readonly kind: 'refused'; readonly code: RefusalCode };

export interface CardFolders {
  readonly cardsDir: string;
  readonly trustDir: string;
  readonly crlDir: string;
}

/** The test cards as the app meets them: a card that was locked stays so until the program starts anew. */
export interface Cards {
  list(): Promise<readonly TestPerson[]>;
  /** Tries the PIN or password, then asks whether the card is in force. Throws for a card that is not listed. */
  present(id: string, secret: string): Promise<Presented>;
  isLocked(id: string): boolean;
}

export function openCards(use: CardUse, { cardsDir, trustDir, crlDir }: CardFolders): Cards {
  const fileOf = (id: string) => path.join(cardsDir, `${id}${FILE_END[use]}`);
  const wrongTries = new Map<string, number>();
  const triesLeft = (id: string) => TRIES[use] - (wrongTries.get(id) ?? 0);

  async function list(): Promise<TestPerson[]> {
    const text = await fs.readFile(path.join(cardsDir, 'people.json'), 'utf8');
    return (JSON.parse(text) as TestPerson[]).filter(({ id }) => existsSync(fileOf(id)));
  }

  async function present(id: string, secret: string): Promise<Presented> {
    const card = JSON.parse(await fs.readFile(fileOf(id), 'utf8')) as CardFile;
    if (triesLeft(id) <= 0) return { kind: 'locked' };
    // Counted before the secret is tried, so that three tries at once are three.
    wrongTries.set(id, (wrongTries.get(id) ?? 0) + 1);
    const privateKey = await openSealedKey(card, secret);
    if (privateKey === null) {
      return triesLeft(id) > 0 ? { kind: 'wrongSecret', triesLeft: triesLeft(id) } : { kind: 'locked' };
    }
    wrongTries.delete(id);
    const certificate = Buffer.from(card.certificate, 'base64');
    const code = await reasonNotInForce(certificate);
    return code === null ? { kind: 'accepted', certificate, privateKey } : { kind: 'refused', code };
  }

  /** By the very checks that Koshu makes at its own door; read anew, for lists are replaced. */
  async function reasonNotInForce(certificate: Buffer): Promise<RefusalCode | null> {
    const trust = await loadTrust({ mode: 'demo', allowTestCards: true, trustDir, crlDir });
    try {
      await verifyCertificate(trust, certificate, { purpose: use, at: new Date() });
      return null;
    } catch (thrown) {
      if (thrown instanceof Refusal) return thrown.code;
      throw thrown;
    }
  }

  return { list, present, isLocked: (id) => triesLeft(id) <= 0 };
}

/** The secret is right when it opens the sealed key (scripts/test-ca/card-file.ts); null when it does not. */
async function openSealedKey({ sealedKey }: CardFile, secret: string): Promise<Buffer | null> {
  const bytes = (text: string) => Buffer.from(text, 'base64');
  const key = await deriveKey(secret, bytes(sealedKey.salt), sealedKey.iterations, 32, 'sha256');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes(sealedKey.iv));
  const sealed = bytes(sealedKey.ciphertext);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const opened = decipher.update(sealed.subarray(0, -TAG_BYTES));
  try {
    return Buffer.concat([opened, decipher.final()]);
  } catch {
    return null;
  }
}
