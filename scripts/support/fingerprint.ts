import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';

/** SHA-256 over the contents of files and of all files in folders, in a stable order. */
export function fingerprint(root: string, entries: readonly string[]): string {
  const hash = createHash('sha256');
  const visit = (entry: string): void => {
    const full = path.join(root, entry);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) visit(path.join(entry, name));
    } else hash.update(entry).update('\0').update(readFileSync(full)).update('\0');
  };
  entries.forEach(visit);
  return hash.digest('hex');
}
