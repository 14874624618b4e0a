import type { App } from '#lib/server/app.ts';
import { linkUnlessReplaced } from '../link-unless-replaced.ts';
import type { AuthenticationAppOfDemo } from './start-authentication-app.ts';

/** Who has signed in by the app before. Everybody else comes to the first link with it. */
const LINKED = ['hanako', 'akiko'];

/** Links two of the named people with the app, so that both can be tried: signing in with it, and linking it. May be run again. */
export async function linkSubjects(
  app: App,
  driverIds: ReadonlyMap<string, string>,
  { issuer, subjectOf }: Pick<AuthenticationAppOfDemo, 'issuer' | 'subjectOf'>,
): Promise<void> {
  for (const id of LINKED) {
    const driverId = driverIds.get(id);
    if (driverId === undefined) throw new Error(`nobody is called ${id}`);
    await linkUnlessReplaced(app, {
      driverId,
      identity: { kind: 'oidc', issuer, subject: subjectOf(id) },
    });
  }
}
