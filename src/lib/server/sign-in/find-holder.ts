import type { Database, DB, Transaction } from '../db/database.ts';
import { findDriverOfCredential } from './credential.queries.ts';

/** The id of the driver whose credential this is; undefined when it is gone. Says nothing about whether it is in force. */
export function findHolder(
  db: Database | Transaction<DB>,
  credentialId: string,
): Promise<string | undefined> {
  return findDriverOfCredential(db, credentialId);
}
