import { isLanguageCode } from '#lib/domain/lectures/languages.ts';
import { LANGUAGE_COOKIE } from './page-language.ts';

/** The page that a counter's terminal keeps for the time without a line (src/service-worker.ts). */
const SHELL = '/counter/offline';

/**
 * A request as it is to be understood: the terminal's page is fetched as by nobody, without cookies, so its language stands in its address
 * (`?locale=en`). Everywhere else the person's own choice counts.
 */
export function withAskedLocale(request: Request, { pathname, searchParams }: URL): Request {
  const asked = searchParams.get('locale') ?? '';
  if (pathname !== SHELL || !isLanguageCode(asked) || request.headers.has('cookie')) return request;
  const headers = new Headers(request.headers);
  headers.set('cookie', `${LANGUAGE_COOKIE}=${asked}`);
  return new Request(request, { headers });
}
