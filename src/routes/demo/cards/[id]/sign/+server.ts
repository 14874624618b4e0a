import { orErrorPage } from '#lib/http/refusals.ts';
import { readTestCard } from '#lib/server/sign-in/test-cards.ts';
import type { RequestHandler } from './$types.ts';

/** The signing card of a named person: there in a demo only (config.testCardsDir), else not found. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const card = await orErrorPage(() => readTestCard(locals.app.config, params.id, 'sign'));
  return new Response(card, {
    headers: {
      'content-type': 'application/json',
      'content-disposition': `attachment; filename="${params.id}.sign.card.json"`,
      'cache-control': 'no-store',
    },
  });
};
