import { personCheck } from '#lib/proof/person-check.ts';
import { makeProof } from '#lib/proof/proof.ts';
import type { App } from '../app.ts';
import { appendAudit } from '../audit/append-audit.ts';
import { nodeCrypto } from './node-crypto.ts';
import { getLectureFacts, lockUnsignedRecords, updateProof } from './records.queries.ts';

const AT_ONCE = 500;

/** Signs the records that were issued before there were proofs, as their rows stand, and says how many they were. */
export async function signUnsignedRecords(app: App): Promise<number> {
  let count = 0;
  for (;;) {
    const signed = await signSome(app);
    count += signed;
    if (signed < AT_ONCE) return count;
  }
}

function signSome(app: App): Promise<number> {
  return app.db.transaction().execute(async (trx) => {
    const records = await lockUnsignedRecords(trx, AT_ONCE);
    for (const { id, ...record } of records) {
      const { licenceNumber, ...lecture } = await getLectureFacts(trx, record.attendanceId);
      const check = await personCheck(record.recordNumber, licenceNumber, nodeCrypto);
      const proof = await makeProof({ ...record, ...lecture, personCheck: check }, app.recordSigner);
      await updateProof(trx, id, { proof, signingKeyId: app.recordSigner.keyId });
    }
    if (records.length > 0) {
      await appendAudit(trx, 'system', {
        what: 'record.signed',
        detail: { count: records.length, signingKey: app.recordSigner.keyId },
      });
    }
    return records.length;
  });
}
