import { createDecipheriv, pbkdf2 } from 'node:crypto';
import { promises as fs } from 'node:fs';
import path from 'node:path';
import { promisify } from 'node:util';
import type { CardFile } from '#lib/client/card-file.ts';
import type { TestPerson } from './cards.ts';
import { foldersOf, writeWhole } from './folder.ts';
import { writePkcs12 } from './pkcs12.ts';

const deriveKey = promisify(pbkdf2);
const TAG_BYTES = 16;

/**
 * Writes `cards/<id>.p12` beside each card file: the same certificate and key, for a browser or a system to install, where a card in a reader
 * would show them. The password is the PIN. One that is newer than its card file is left alone.
 */
export async function writeInstallableCards({
  outDir,
  people,
}: {
  readonly outDir: string;
  readonly people: readonly Pick<TestPerson, 'id' | 'pin'>[];
}): Promise<void> {
  const folder = foldersOf(outDir).cards;
  await Promise.all(
    people.map(async ({ id, pin }) => {
      const cardFile = path.join(folder, `${id}.card.json`);
      const installable = path.join(folder, `${id}.p12`);
      const [card, made] = await Promise.all([fs.stat(cardFile), fs.stat(installable).catch(() => null)]);
      if (made !== null && made.mtimeMs >= card.mtimeMs) return;
      const text = await fs.readFile(cardFile, 'utf8');
      await writeWhole(installable, await toPkcs12(JSON.parse(text) as CardFile, pin));
    }),
  );
}

async function toPkcs12({ certificate, holder, sealedKey }: CardFile, pin: string): Promise<Buffer> {
  const [salt, iv, sealed] = [sealedKey.salt, sealedKey.iv, sealedKey.ciphertext].map((text) =>
    Buffer.from(text, 'base64'),
  ) as [Buffer, Buffer, Buffer];
  const key = await deriveKey(pin, salt, sealedKey.iterations, 32, 'sha256');
  const decipher = createDecipheriv('aes-256-gcm', key, iv);
  decipher.setAuthTag(sealed.subarray(-TAG_BYTES));
  const privateKey = Buffer.concat([decipher.update(sealed.subarray(0, -TAG_BYTES)), decipher.final()]);
  const name = `Koshu ${holder}(試験用)`;
  return writePkcs12({ certificate: Buffer.from(certificate, 'base64'), privateKey, name }, pin);
}
