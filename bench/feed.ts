import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { addPartner } from '#lib/server/exchange/change-partners.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { freePort } from '../scripts/support/free-port.ts';
import { findOrMakeTlsServer } from '../scripts/test-ca/tls-server.ts';
import { makePartnerAuthority, makePartnerCard } from '../tests/support/partner-card.ts';
import { completeAtRate } from './support/feed/complete.ts';
import { followFeed } from './support/feed/follow.ts';
import { judge } from './support/feed/judge.ts';
import { startStack } from './support/stack.ts';

// Long enough for a page that was asked for just before the end.
const LAST_WAIT_MS = 5_000;

/**
 * Learners complete at a steady rate, each in a transaction of his own that issues the record, on several connections at once and each held open
 * for another while, so that who began first often commits last; one in twenty is rolled back. Meanwhile a partner follows
 * `GET /api/completions` over TLS by its cursor, as often as the rate limit allows. Visibility is counted from when the database had
 * confirmed the commit until the partner has the event in his hands; the aim is a p99 below a second, with nothing lost, out of order or twice.
 */
export async function run(options: string[]): Promise<Record<string, number>> {
  const { values } = parseArgs({
    args: options,
    options: {
      rate: { type: 'string', default: '50' },
      seconds: { type: 'string', default: '30' },
    },
  });
  const [rate, seconds] = [Number(values.rate), Number(values.seconds)];
  const authority = await makePartnerAuthority();
  const port = await freePort();
  let serverAuthority = '';
  const stack = await startStack();
  try {
    const { app } = await stack.openSite('feed', 1, {
      prepare: async (_origin, folder) => {
        const authorities = path.join(folder, 'partners');
        mkdirSync(authorities);
        writeFileSync(path.join(authorities, 'partners.pem'), authority.certificate.toString('pem'));
        const tls = await findOrMakeTlsServer({ outDir: path.join(folder, 'tls') });
        serverAuthority = readFileSync(tls.authorityFile, 'utf8');
        return {
          EXCHANGE_ORIGIN: 'https://exchange.koshu.example',
          EXCHANGE_LISTEN: `127.0.0.1:${port}`,
          EXCHANGE_AUTHORITIES_DIR: authorities,
          EXCHANGE_CERTIFICATE_FILE: tls.certificateFile,
          EXCHANGE_KEY_FILE: tls.keyFile,
        };
      },
    });
    await seedCommissions(app);
    const card = await makePartnerCard(authority, {
      validity: { notBefore: new Date(Date.now() - 60_000), notAfter: new Date(Date.now() + 86_400_000) },
    });
    await addPartner(
      app,
      { name: '神奈川県警察', commissionCode: 'kanagawa', purposes: ['completions'] },
      card.cert,
    );
    const ending = new AbortController();
    const following = followFeed({ port, serverAuthority }, card, ending.signal);
    const done = await completeAtRate(app, { rate, seconds });
    await following.until(done.completed.length, LAST_WAIT_MS);
    ending.abort();
    return { ...judge(done, await following.read), completions_per_second: done.perSecond };
  } finally {
    await stack.stop();
  }
}
