import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../../app.ts';
import { hashOfBrowser } from '../challenge.ts';
import { enter, logRefusals, type Entrance, type SignInContext } from '../enter.ts';
import { spendTicket } from './ticket.ts';

/**
 * Lets in the learner who comes back from the card host with a ticket, in the browser that he left with. `next` is where he wanted to be.
 * Refuses: challenge_unknown, _used, _expired, _other_browser for the ticket; what the card host refused; card_not_linked.
 */
export async function answerCardTicket(
  app: App,
  context: SignInContext,
  ticket: string,
): Promise<{ entrance: Entrance; next: string | null }> {
  const { requestId } = context;
  const facts = { method: 'tls', ...(requestId !== undefined && { requestId }) } as const;
  const browserSha256 = hashOfBrowser(context.browserToken);
  const finding = await logRefusals(app, facts, () => spendTicket(app, ticket, browserSha256));
  if ('refusal' in finding) throw new Refusal(finding.refusal); // the card host has logged it
  const entrance = await logRefusals(app, facts, () => enter(app, context, finding.proof));
  return { entrance, next: finding.next };
}
