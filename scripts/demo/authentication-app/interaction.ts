import type { IncomingMessage, ServerResponse } from 'node:http';
import type Provider from 'oidc-provider';
import type { Cards, CardUse, OpenedCard } from './cards.ts';
import { choosePage, errorPage, refusedPage, secretPage, type Visit } from './pages.ts';
import { ACR } from './provider.ts';
import { readBody } from './read-body.ts';
import type { SignTransactions } from './sign-transactions.ts';
import { pageHeaders } from './style.ts';

const SECRET: Readonly<Record<CardUse, RegExp>> = { auth: /^\d{4}$/, sign: /^[A-Z0-9]{6,16}$/ };

interface Answer {
  readonly status: number;
  readonly page: string;
}

export interface InteractionParts {
  readonly provider: Provider;
  readonly cards: Readonly<Record<CardUse, Cards>>;
  readonly transactions: SignTransactions;
}

/** The pages of one visit: choose a card, type its PIN or password, or leave. Whose visit it is says the provider's cookie. */
export function interactionHandler({ provider, cards, transactions }: InteractionParts) {
  return async (request: IncomingMessage, response: ServerResponse, path: string): Promise<void> => {
    const details = await provider.interactionDetails(request, response).catch(() => null);
    if (details === null)
      return send(response, { status: 400, page: errorPage('interaction_not_found') }, []);
    const clientId = String(details.params.client_id);
    const client = await provider.Client.find(clientId);
    const { origin, host } = new URL(String(details.params.redirect_uri));
    const isSigning = String(details.params.scope).split(' ').includes('sign');
    const transactionId = String(details.params.sign_transaction_id);
    const visit: Visit = {
      use: isSigning ? 'sign' : 'auth',
      service: client?.clientName ?? '',
      host,
      path: path.replace(/\/cancel$/, ''),
    };
    const finish = (result: object) => provider.interactionFinished(request, response, { ...result });

    if (isSigning && !transactions.isOpen(transactionId, clientId)) {
      return finish({ error: 'invalid_request', error_description: 'no such transaction to sign' });
    }
    if (request.method === 'POST' && path.endsWith('/cancel')) {
      return finish({ error: 'access_denied', error_description: 'the person did not go on' });
    }
    if (request.method === 'POST') {
      const form = new URLSearchParams(await readBody(request));
      const cardId = form.get('card') ?? '';
      const outcome = await present(visit, cardId, form.get('secret') ?? '');
      if ('page' in outcome) return send(response, outcome, [origin]);
      if (isSigning) transactions.sign(transactionId, cardId, outcome);
      return finish({ login: { accountId: cardId, acr: ACR, remember: false } });
    }
    const chosen = new URL(request.url ?? '', origin).searchParams.get('card');
    return send(response, await show(visit, chosen), [origin]);
  };

  async function show(visit: Visit, chosen: string | null): Promise<Answer> {
    const people = await cards[visit.use].list();
    const person = people.find(({ id }) => id === chosen);
    if (!person) return { status: 200, page: choosePage(visit, people) };
    if (cards[visit.use].isLocked(person.id)) return { status: 200, page: refusedPage(visit, 'locked') };
    return { status: 200, page: secretPage(visit, person, null) };
  }

  async function present(visit: Visit, id: string, typed: string): Promise<Answer | OpenedCard> {
    const people = await cards[visit.use].list();
    const person = people.find((candidate) => candidate.id === id);
    if (!person) return { status: 422, page: choosePage(visit, people) };
    const secret = typed.normalize('NFKC').trim().toUpperCase();
    if (!SECRET[visit.use].test(secret)) return { status: 422, page: secretPage(visit, person, 'form') };
    const presented = await cards[visit.use].present(id, secret);
    if (presented.kind === 'accepted') return presented;
    if (presented.kind === 'wrongSecret') return { status: 422, page: secretPage(visit, person, presented) };
    const code = presented.kind === 'locked' ? 'locked' : presented.code;
    return { status: 422, page: refusedPage(visit, code) };
  }
}

function send(response: ServerResponse, { status, page }: Answer, origins: readonly string[]): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8', ...pageHeaders(origins) });
  response.end(page);
}
