import { randomBytes } from 'node:crypto';
import type { Learner } from '#lib/domain/people/actor.ts';
import type { App } from '#lib/server/app.ts';
import { createSession } from '#lib/server/sessions/create-session.ts';
import { findActor } from '#lib/server/sessions/find-actor.ts';
import type { SessionMethod } from '#lib/server/sessions/session-method.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';

/** A learner of the register with a card of his own, signed in by a real session. */
export async function signInLearner(
  app: App,
  driverId: string,
  { method = 'challenge', userAgent = 'Test' }: { method?: SessionMethod; userAgent?: string } = {},
): Promise<{ token: string; learner: Learner }> {
  const credentialId = await linkCredential(app, 'system', {
    driverId,
    identity: {
      kind: 'certificate',
      anchorId: 'auth-1',
      serial: randomBytes(8).toString('hex'),
      spkiSha256: randomBytes(32),
    },
  });
  const person = { personKind: 'learner', personId: driverId } as const;
  const { token } = await createSession(app, { ...person, method, credentialId, userAgent });
  const learner = await findActor(app, token);
  if (learner?.kind !== 'learner') throw new Error('the learner is not signed in');
  return { token, learner };
}
