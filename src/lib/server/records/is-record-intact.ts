import { agreesWithStatement, type RecordFacts } from '#lib/domain/records/statement.ts';
import type { App } from '../app.ts';

interface SignedRecord extends RecordFacts {
  readonly statement: string;
  readonly signature: Buffer;
  readonly signingKeyId: string;
}

/**
 * Whether the row is what was signed: its statement carries our signature and says the same as the row. False too for a record of
 * another key: who changes the key keeps the old one until its records have ended.
 */
export function isRecordIntact({ recordSigner }: Pick<App, 'recordSigner'>, record: SignedRecord): boolean {
  return (
    record.signingKeyId === recordSigner.keyId &&
    recordSigner.verify(record.statement, record.signature) &&
    agreesWithStatement(record, record.statement)
  );
}
