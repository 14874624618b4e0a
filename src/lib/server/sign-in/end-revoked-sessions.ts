import type { App } from '../app.ts';
import { closeLiveViewing } from '../attendance/close-live-viewing.ts';
import { appendAudit } from '../audit/append-audit.ts';
import type { Attempt } from '../jobs/tasks.ts';
import { endSessionsOfCredential } from '../sessions/end-session.ts';
import {
  isWatchingWith,
  listCertificatesInUse,
  markCredentialRevoked,
  type CertificateInUse,
} from './revoked-credential.queries.ts';

const PAGE = 1_000;
/** So many are asked about at once; a responder is somebody else's machine. */
const AT_ONCE = 8;
// Where a responder is slow the rest waits for the next round, so that the worker's other short jobs are not held up.
const ROUND_MS = 20_000;

/**
 * Ends the sessions of certificates that were good at sign-in and are revoked now: a card reported lost stops a running lecture within about
 * a minute, and keeps what was credited. Where nobody can say, nothing ends: the next sign-in will be refused. Returns how many
 * certificates were found revoked. Run by the worker every minute.
 */
export async function endRevokedSessions(
  app: App,
  _input: object,
  { signal }: Pick<Attempt, 'signal'>,
): Promise<number> {
  const until = AbortSignal.any([signal, AbortSignal.timeout(ROUND_MS)]);
  const now = app.clock.now();
  let revoked = 0;
  let afterId: string | null = null;
  let page: CertificateInUse[];
  do {
    page = await listCertificatesInUse(app.db, { now, afterId, limit: PAGE });
    afterId = page.at(-1)?.id ?? null;
    const queue = page.values();
    const worker = async () => {
      for (const certificate of queue) {
        if (until.aborted) return;
        if (await endIfRevoked(app, certificate)) revoked += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, worker));
  } while (page.length === PAGE && !until.aborted);
  if (revoked > 0) app.log.warn({ revoked }, 'sessions of revoked certificates were ended');
  return revoked;
}

/** A fault about one certificate must not keep the others' sessions alive. */
async function endIfRevoked(app: App, certificate: CertificateInUse): Promise<boolean> {
  const anchor = app.trust.anchors.find(({ id }) => id === certificate.anchorId);
  if (!anchor) return false;
  try {
    const isRevoked = await app.trust.revocation.isRevoked(anchor, certificate.serial, app.clock.now());
    return isRevoked && (await endSessionsOf(app, certificate));
  } catch (error) {
    app.log.error(
      { err: error, anchor: anchor.id },
      'it could not be found out whether a certificate is revoked',
    );
    return false;
  }
}

async function endSessionsOf(app: App, { id, driverId, anchorId }: CertificateInUse): Promise<boolean> {
  return app.db.transaction().execute(async (trx) => {
    if (!(await markCredentialRevoked(trx, id, app.clock.now()))) return false;
    if (await isWatchingWith(trx, id)) await closeLiveViewing(app, trx, driverId, 'signedOut');
    await endSessionsOfCredential({ db: trx, clock: app.clock }, id);
    await appendAudit(trx, 'system', {
      what: 'credential.revoked',
      subject: { kind: 'credential', id },
      detail: { anchor: anchorId },
    });
    return true;
  });
}
