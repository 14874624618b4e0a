import { foldersOf } from '../test-ca/folder.ts';
import { writeInstallableCards } from '../test-ca/installable-cards.ts';
import { findOrMakeTlsServer } from '../test-ca/tls-server.ts';
import type { TestPerson } from '../test-ca/cards.ts';
import { freePort, isPortTaken } from '../support/free-port.ts';

const PORT_MAX = 65_535;

export interface CardHostOfDemo {
  readonly origin: string;
  /** The settings by which Koshu opens it. */
  readonly environment: Readonly<Record<string, string>>;
  /** PEM of the authority that a person installs, so that the browser does not warn. */
  readonly authorityFile: string;
  /** Where `<id>.p12` lies for each test card: what a browser shows instead of a card in a reader. */
  readonly cardsDir: string;
}

/**
 * Everything that the card host of a demo needs, beside the test cards in `outDir`. It listens on the port after the pages' one, or on any
 * other where that is taken, under another name than theirs.
 */
export async function prepareCardHost(options: {
  readonly outDir: string;
  readonly people: readonly Pick<TestPerson, 'id' | 'pin'>[];
  readonly mainPort: number;
}): Promise<CardHostOfDemo> {
  const { outDir, people, mainPort } = options;
  const [tls] = await Promise.all([
    findOrMakeTlsServer({ outDir }),
    writeInstallableCards({ outDir, people }),
  ]);
  const isUsable = mainPort < PORT_MAX && !(await isPortTaken(mainPort + 1));
  const port = isUsable ? mainPort + 1 : await freePort();
  // An address of this machine that every browser and Node know without asking; the pages are at `localhost`.
  const origin = `https://127.0.0.1:${port}`;
  return {
    origin,
    environment: {
      CARD_HOST_ORIGIN: origin,
      CARD_HOST_LISTEN: `127.0.0.1:${port}`,
      CARD_HOST_CERTIFICATE_FILE: tls.certificateFile,
      CARD_HOST_KEY_FILE: tls.keyFile,
    },
    authorityFile: tls.authorityFile,
    cardsDir: foldersOf(outDir).cards,
  };
}
