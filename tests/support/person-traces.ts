import { sql } from 'kysely';
import { giveLookReason } from '#lib/server/looks/look-reason.ts';
import type { CounterDesk } from './counter-desk.ts';

/** On which somebody lost the licence by illness: nobody else did on that day. */
export const LAPSED_ON = '1999-09-09';

/** Every row of every table of the database, as text; what is bytes also as the text that they may be. */
export async function dumpDatabase({ db }: CounterDesk): Promise<string> {
  const { rows: tables } = await sql<{ schema: string; name: string }>`
    select schemaname as schema, tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema')`.execute(db);
  const parts: string[] = [];
  for (const { schema, name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.id(schema, name)} t`.execute(db);
    parts.push(...rows.map(({ row }) => row));
  }
  const text = parts.join('\n');
  const bytes = [...text.matchAll(/\\\\x([0-9a-f]+)/g)].map(([, hex]) => Buffer.from(hex!, 'hex').toString());
  return [text, ...bytes].join('\n');
}

/** What a person leaves behind who has signed in, been linked, and been written about at a counter. */
export async function leaveTraces(desk: CounterDesk, driverId: string, name: string): Promise<void> {
  const { db } = desk;
  const recordNumber = await desk.newRecord();
  await desk.check(recordNumber);
  await desk.accept(recordNumber, 1, desk.mori, `${name}さん本人と話した`);
  const { attendanceId } = await db
    .updateTable('completionRecord')
    .set({ state: 'checked' })
    .where('recordNumber', '=', recordNumber)
    .returning('attendanceId')
    .executeTakeFirstOrThrow();
  await db
    .updateTable('attendance')
    .set({
      survey: JSON.stringify({ clarity: '5', usability: '4', comment: `${name}です。よく分かりました` }),
    })
    .where('id', '=', attendanceId)
    .execute();
  const { id: credentialId } = await db
    .insertInto('credential')
    .values({ driverId, kind: 'oidc', issuer: 'https://app.example', subject: `sub-${driverId}` })
    .returning('id')
    .executeTakeFirstOrThrow();
  await db
    .insertInto('session')
    .values({
      idSha256: driverId,
      personKind: 'learner',
      personId: driverId,
      credentialId,
      method: 'oidc',
      expiresAt: new Date(Date.now() + 60_000),
      lastSeenAt: new Date(),
    })
    .execute();
  await db
    .insertInto('firstLink')
    .values({
      receiptNumber: 'L00000001',
      state: 'linked',
      method: 'oidc',
      kind: 'oidc',
      issuer: 'https://app.example',
      subject: `sub-${driverId}`,
      browserSha256: Buffer.alloc(32),
      createdAt: new Date(),
      presentedAt: new Date(),
      expiresAt: new Date(),
      driverId,
      decidedNote: `${name}さんの住民票で確認`,
    })
    .execute();
  await db
    .updateTable('driver')
    .set({ lapseKind: 'illnessRevocation', lapsedOn: LAPSED_ON })
    .where('id', '=', driverId)
    .execute();
  const looked = { id: driverId, homeCommissionCode: 'kanagawa' };
  await giveLookReason(desk.app, desk.hayashi, looked, { reason: 'other', words: `${name}さんの引っ越し` });
}
