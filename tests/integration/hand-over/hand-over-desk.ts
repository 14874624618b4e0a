import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { approveHandOver } from '#lib/server/hand-over/approve-hand-over.ts';
import { claimHandOver } from '#lib/server/hand-over/claim-hand-over.ts';
import { finishHandOver } from '#lib/server/hand-over/finish-hand-over.ts';
import { getHandOver } from '#lib/server/hand-over/get-hand-over.ts';
import { openHandOver } from '#lib/server/hand-over/open-hand-over.ts';
import { signInLearner } from '../../support/sessions.ts';
import type { TestApp } from '../../support/test-app.ts';

export const WINDOWS = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/140.0 Safari/537.36';
export const newBrowser = () => randomBytes(32).toString('base64url');

export type HandOverDesk = ReturnType<typeof openDesk>;

/** A computer and a phone, of the driver with this id. */
export function openDesk({ app, clock }: TestApp, driverId: string) {
  const later = (ms: number) => clock.set(new Date(clock.now().getTime() + ms));

  /** A computer that shows a QR code. */
  async function openOnComputer() {
    const browserToken = newBrowser();
    const { key } = await openHandOver(app, { browserToken, userAgent: WINDOWS, next: '/lecture' });
    const shown = { side: 'asking', key, browserToken } as const;
    const view = () => getHandOver(app, shown);
    const number = async () => {
      const seen = await view();
      if (seen.state === 'over') throw new Error('there is no number');
      return seen.number;
    };
    const finish = () => finishHandOver(app, shown, { userAgent: WINDOWS, requestId: 'r' });
    return { key, browserToken, shown, view, number, finish };
  }

  /** A phone that has scanned it, and on which the card has been read since. */
  async function claimOnPhone(qr: string) {
    const { key } = await claimHandOver(app, qr);
    later(1_000);
    const { token, learner } = await signInLearner(app, driverId, { method: 'oidc' });
    const choose = (number: number) => approveHandOver(app, learner, { key, number, requestId: 'r' });
    return { key, token, learner, choose };
  }

  async function query(statement: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: app.config.databaseUrl });
    await client.connect();
    const { rows } = await client.query<Record<string, unknown>>(statement);
    await client.end();
    return rows;
  }

  return { later, openOnComputer, claimOnPhone, query };
}
