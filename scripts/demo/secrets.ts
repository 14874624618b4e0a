import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';

const OWNER_ONLY = 0o600;

/** The secrets of a demo, made on its first start and kept in its folder, readable by its owner alone. */
export function loadSecrets(folder: string) {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const remembered = (name: string, make: () => string): string => {
    const file = path.join(folder, name);
    if (!existsSync(file)) writeFileSync(file, make(), { mode: OWNER_ONLY });
    return readFileSync(file, 'utf8');
  };
  const makeSigningKey = () =>
    generateKeyPairSync('ec', { namedCurve: 'P-256' })
      .privateKey.export({ type: 'pkcs8', format: 'pem' })
      .toString();
  remembered('record-signing.pem', makeSigningKey);
  return {
    databasePassword: remembered('database-password', () => randomBytes(18).toString('hex')),
    wrappingKey: remembered('wrapping-key', () => randomBytes(32).toString('base64')),
    recordSigningKeyFile: path.join(folder, 'record-signing.pem'),
  };
}
