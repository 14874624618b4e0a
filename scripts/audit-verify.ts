/**
 * `npm run audit:verify [-- --head PLACE:HASH]`: computes the chain of the audit trail anew. Exit code 0: whole; 1: broken, and where first;
 * 2: used wrongly. `--head`: one that was kept elsewhere (from the worker's log or an export). Needs the environment of .env.example.
 */
import { createApp } from '#lib/server/app.ts';
import { writeHead } from '#lib/server/audit/seal-audit.ts';
import { verifyAudit, type ChainBreak } from '#lib/server/audit/verify-audit.ts';
import { parseConfig } from '#lib/server/config.ts';
import { readFlags } from './support/read-flags.ts';

const USAGE = 'npm run audit:verify -- [--head PLACE:HASH]';
const HEAD = /^(?<position>\d{1,15}):(?<sha256>[0-9a-f]{64})$/;

const { head } = readFlags({ head: { type: 'string' } }, USAGE);
const groups = head === undefined ? undefined : HEAD.exec(head)?.groups;
if (head !== undefined && !groups) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}
const kept = groups && { position: Number(groups.position), sha256: groups.sha256 ?? '' };

function describe(first: ChainBreak): string {
  switch (first.kind) {
    case 'changed':
      return `Event ${first.eventId} at place ${first.position} is not what was sealed.`;
    case 'eventMissing':
      return `Event ${first.eventId} at place ${first.position} is gone.`;
    case 'placeMissing':
      return `Place ${first.position} is gone.`;
    case 'cutOff':
      return `The chain was cut off: place ${first.position} and what follows are gone.`;
    case 'otherChain':
      return `Place ${first.position} has another hash than the head that was kept: the chain was written anew.`;
    case 'notSealed':
      return `Event ${first.eventId} has no place in the chain (${first.count} like it): either it was slipped in, or no worker has run for ten minutes.`;
  }
}

const app = await createApp(parseConfig(process.env));
try {
  const outcome = await verifyAudit(app, kept);
  if (outcome.kind === 'broken') {
    process.stdout.write(`BROKEN. ${describe(outcome.first)}\n`);
    process.exitCode = 1;
  } else {
    const { position } = outcome.head;
    process.stdout.write(
      `The chain is whole: ${position} events; ${outcome.unsealedCount} wait to be sealed.\n` +
        `Head, to be kept elsewhere: ${writeHead(outcome.head)}\n`,
    );
  }
} finally {
  await app.close();
}
