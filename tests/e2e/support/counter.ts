import type { BrowserContext } from '@playwright/test';
import type { Learner } from '#lib/domain/people/actor.ts';
import { makeProof } from '#lib/proof/proof.ts';
import type { ProofClaims } from '#lib/proof/claims.ts';
import type { App } from '#lib/server/app.ts';
import { inviteOfficer } from '#lib/server/officers/invite-officer.ts';
import { issueRecord } from '#lib/server/records/issue-record.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import type { OwnServer } from './own-server.ts';

/** A counter officer whom nobody else uses, signed in in this browser; answers his id. */
export async function signInOfficer(
  { app, origin }: Pick<OwnServer, 'app' | 'origin'>,
  context: BrowserContext,
  officer: { name: string; isSupervisor?: boolean },
): Promise<string> {
  const commissionCode = 'kanagawa';
  const { nameJa: officeNameJa } = await app.db
    .selectFrom('office')
    .where('commissionCode', '=', commissionCode)
    .orderBy('nameJa')
    .select('nameJa')
    .executeTakeFirstOrThrow();
  const { officerId } = await inviteOfficer(app, {
    role: 'counterOfficer',
    commissionCode,
    officeNameJa,
    ...officer,
  });
  const { token } = await createSession(app, {
    ...{ personKind: 'officer', personId: officerId, method: 'passkey' },
    ...{ credentialId: null, userAgent: 'Test' },
  });
  await context.addCookies([{ name: 'koshu-session', value: token, url: origin }]);
  return officerId;
}

/** Somebody who has just taken the whole lecture: what his record's QR says, and what he has in his pocket. */
export async function completeLecture(app: App, { driverId }: Learner) {
  const { licenceNumber } = await app.db
    .selectFrom('driver')
    .where('id', '=', driverId)
    .select('licenceNumber')
    .executeTakeFirstOrThrow();
  const completedAt = app.clock.now();
  return app.db.transaction().execute(async (trx) => {
    const attendance = await trx
      .updateTable('attendance')
      .set({ completedAt })
      .where('driverId', '=', driverId)
      .returning(['id as attendanceId', 'editionId', 'lectureClass', 'periodStart', 'periodEnd'])
      .executeTakeFirstOrThrow();
    const { attendanceId, lectureClass, ...period } = attendance;
    const issued = { attendanceId, driverId, ...period, completedAt };
    const { recordNumber } = await issueRecord(app, trx, {
      ...issued,
      lectureClass: lectureClass === 'excellent' ? lectureClass : 'general',
    });
    const { proof } = await trx
      .selectFrom('completionRecord')
      .where('recordNumber', '=', recordNumber)
      .select('proof')
      .executeTakeFirstOrThrow();
    return { recordNumber, proof: proof ?? '', licenceNumber };
  });
}

/** A proof that this server signs. */
export const signedBy = ({ recordSigner }: App, claims: ProofClaims): Promise<string> =>
  makeProof(claims, recordSigner);
