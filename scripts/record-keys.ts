/**
 * `npm run -s record:keys > FILE`: the public keys that proofs of records are checked with, as a JSON Web Key Set: for
 * `npm run record:verify`, and for OLD_RECORD_KEYS_FILE when the key is changed (docs/record-keys.md). Nothing secret is in it.
 */
import { parseConfig } from '#lib/server/config.ts';
import { loadRecordSigner } from '#lib/server/records/record-signer.ts';

try {
  const { keys } = await loadRecordSigner(parseConfig(process.env).recordSigningKey);
  process.stdout.write(`${JSON.stringify({ keys }, null, 2)}\n`);
} catch (fault) {
  process.stderr.write(`${fault instanceof Error ? fault.message : String(fault)}\n`);
  process.exitCode = 2;
}
