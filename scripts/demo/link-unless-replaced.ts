import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '#lib/server/app.ts';
import { linkCredential } from '#lib/server/sign-in/link-credential.ts';

/** Links a named person's credential; one that somebody has replaced since, by trying the first link, stays replaced. */
export async function linkUnlessReplaced(
  app: App,
  link: Parameters<typeof linkCredential>[2],
): Promise<void> {
  try {
    await linkCredential(app, 'system', link);
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
  }
}
