import { orErrorPage } from '#lib/http/refusals.ts';
import { readInstallableTestCard } from '#lib/server/sign-in/card-host/installable-test-card.ts';
import type { RequestHandler } from './$types.ts';

/** The card of a named person, for a browser or a system to install: there in a demo only (config.testCardsDir), else not found. */
export const GET: RequestHandler = async ({ locals, params }) => {
  const card = await orErrorPage(() => readInstallableTestCard(locals.app.config, params.id));
  return new Response(new Uint8Array(card), {
    headers: {
      'content-type': 'application/x-pkcs12',
      'content-disposition': `attachment; filename="${params.id}.p12"`,
      'cache-control': 'no-store',
    },
  });
};
