import { promises as fs } from 'node:fs';
import path from 'node:path';

/** What makeTestCa has made in its folder, so that a second start finds it again. */
export interface MadeCard {
  /** The order it was made to, as JSON; another order makes the card anew. */
  readonly order: string;
  readonly anchorId: string;
  readonly serial: string;
  readonly spkiSha256: string;
  readonly revokedAt: string | null;
}

export interface Made {
  readonly version: 1;
  nextSerial: number;
  crlNumber: number;
  crlNextUpdate: string | null;
  /** Cards that were replaced but stay revoked. */
  revoked: { anchorId: string; serial: string; at: string }[];
  cards: Record<string, MadeCard>;
}

/** Where what lies: `trust`, `crl` and `cards` are what the configuration names; `private` holds the authorities' keys. */
export function foldersOf(outDir: string) {
  return {
    trust: path.join(outDir, 'trust'),
    crl: path.join(outDir, 'crl'),
    cards: path.join(outDir, 'cards'),
    private: path.join(outDir, 'private'),
    made: path.join(outDir, 'made.json'),
  };
}

/** Writes under another name first: a running server never sees half a file. */
export async function writeWhole(file: string, content: string | Buffer, mode = 0o644): Promise<void> {
  await fs.writeFile(`${file}.new`, content, { mode });
  await fs.rename(`${file}.new`, file);
}

export async function readMade(file: string): Promise<Made> {
  const text = await fs.readFile(file, 'utf8').catch(() => null);
  if (text !== null) return JSON.parse(text) as Made;
  return { version: 1, nextSerial: 0x13_3c349, crlNumber: 0, crlNextUpdate: null, revoked: [], cards: {} };
}

export async function saveMade(outDir: string, made: Made): Promise<void> {
  await writeWhole(foldersOf(outDir).made, `${JSON.stringify(made, null, 2)}\n`, 0o600);
}
