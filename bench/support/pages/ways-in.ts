import path from 'node:path';
import { tokyoDate } from '#lib/domain/renewal/calendar.ts';
import { startAuthenticationApp } from '../../../scripts/demo/authentication-app/start-authentication-app.ts';
import { prepareCardHost } from '../../../scripts/demo/card-host.ts';
import { makeTestCa } from '../../../scripts/make-test-ca.ts';
import { namedPeople } from '../../../scripts/named-people.ts';
import { toTestPerson } from '../../../scripts/seed/named-cards.ts';

/** Settings by which the site offers all ways of signing in, as the demo does, and what has to be stopped afterwards. */
export async function prepareWaysIn(origin: string, folder: string) {
  const people = namedPeople(tokyoDate(new Date()));
  const outDir = path.join(folder, 'test-ca');
  const testCa = await makeTestCa({ outDir, people: people.map(toTestPerson) });
  const authenticationApp = await startAuthenticationApp({
    folder: path.join(folder, 'authentication-app'),
    logFile: path.join(folder, 'programs.log'),
    origin,
    testCa,
  });
  const cardHost = await prepareCardHost({ outDir, people, mainPort: Number(new URL(origin).port) });
  const environment: Record<string, string> = {
    TRUST_DIR: testCa.trustDir,
    CRL_DIR: testCa.crlDir,
    TEST_CARDS_DIR: testCa.cardsDir,
    ALLOW_TEST_CARDS: '1',
    ...authenticationApp.environment,
    ...cardHost.environment,
  };
  return { environment, stop: () => authenticationApp.stop() };
}
