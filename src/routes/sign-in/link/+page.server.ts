import { redirect, type RequestEvent } from '@sveltejs/kit';
import { AFTER_SIGN_IN, enterAsLearner, limitAttempts, signInContext } from '#lib/http/entrance.ts';
import { parseForm } from '#lib/http/forms.ts';
import { attempt, viewRefusal } from '#lib/http/refusals.ts';
import { browserToken, takeRefusal } from '#lib/http/session-cookie.ts';
import { getFirstLink } from '#lib/server/first-link/get-first-link.ts';
import { readSignatureFile } from '#lib/server/first-link/read-signature-file.ts';
import {
  BareSignature,
  SignatureFile,
  signFirstLink,
  type FirstLinkAnswer,
} from '#lib/server/first-link/sign-first-link.ts';
import { isAppSignatureOffered } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { listTestPeople } from '#lib/server/sign-in/test-cards.ts';
import type { Actions, PageServerLoad } from './$types.ts';

export const load: PageServerLoad = async (event) => {
  const { app, actor } = event.locals;
  if (actor?.kind === 'learner') redirect(303, AFTER_SIGN_IN);
  const link = await getFirstLink(app, { browserToken: browserToken(event) });
  if (!link) redirect(303, '/sign-in');
  event.setHeaders({ 'cache-control': 'private, no-store' });
  const people = await listTestPeople(app.config);
  const refusal = takeRefusal(event); // of the authentication app, which comes back by a redirect
  return {
    link,
    people: people.filter(({ signPassword }) => signPassword !== null),
    refusal: refusal && viewRefusal(refusal),
    isAppOffered: isAppSignatureOffered(app),
  };
};

/** Counts the attempt, reads the answer and goes where it leads; a refusal is shown above the next document. */
const answer = (read: (request: Request) => Promise<FirstLinkAnswer>) => (event: RequestEvent) =>
  attempt(async () => {
    await limitAttempts(event);
    const { app } = event.locals;
    const outcome = await signFirstLink(app, signInContext(event), await read(event.request));
    if (outcome.kind === 'session') return enterAsLearner(event, outcome, null);
    redirect(303, '/sign-in/link');
  });

export const actions: Actions = {
  sign: answer((request) => parseForm(request, BareSignature)),
  upload: answer(async (request) => {
    const { id, nonce, file } = await parseForm(request, SignatureFile);
    return { id, nonce, signed: await readSignatureFile(file) };
  }),
};
