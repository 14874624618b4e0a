import type { App } from '#lib/server/app.ts';
import { isAppOffered } from '#lib/server/sign-in/authentication-app/authentication-app.ts';
import { isCardReaderOffered } from '#lib/server/sign-in/card-host/open-card-reader-request.ts';

/** The ways in for people with real cards; card files are signed on a page of their own (card-file). */
export type Way = 'app' | 'cardReader';

/** The ways that are configured, as phones want them: the app first, which most people have. */
export const offeredWays = (app: App): Way[] => [
  ...(isAppOffered(app) ? (['app'] as const) : []),
  ...(isCardReaderOffered(app) ? (['cardReader'] as const) : []),
];
