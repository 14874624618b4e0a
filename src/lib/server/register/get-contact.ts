import { COMMISSIONS } from '#lib/domain/people/commissions.ts';
import type { Actor, Administrator } from '#lib/domain/people/actor.ts';
import type { Contact } from '#lib/domain/people/contact.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { findContactOfDriver, findContactRow, listContactRows } from './contact.queries.ts';

type Scope = Pick<App, 'db'>;

/** Whom this person may turn to: a learner's home commission; null for officers and for people whom we do not know. */
export async function findContact({ db }: Scope, actor: Actor | null): Promise<Contact | null> {
  if (actor?.kind !== 'learner') return null;
  return (await findContactOfDriver(db, actor.driverId)) ?? null;
}

/** All commissions that drivers can live in, from north to south. */
export async function listContacts({ db }: Scope): Promise<Contact[]> {
  const byCode = new Map((await listContactRows(db)).map((contact) => [contact.code, contact]));
  return COMMISSIONS.flatMap(({ code }) => byCode.get(code) ?? []);
}

/** What the administrator's own commission tells people. Refused: `not_found` for the national library, which has no learners. */
export async function getOwnContact({ db }: Scope, { commissionCode }: Administrator): Promise<Contact> {
  const contact = await findContactRow(db, commissionCode);
  if (!contact) throw new Refusal('not_found');
  return contact;
}
