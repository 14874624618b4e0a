/** The demo's authentication app as a program of its own; start-authentication-app.ts says what its environment holds. */
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { startAppServer } from './server.ts';

const env = z
  .object({
    APP_PORT: z.coerce.number().int().positive(),
    APP_CLIENT: z.string(),
    APP_KEYS_FILE: z.string(),
    TEST_CARDS_DIR: z.string(),
    TRUST_DIR: z.string(),
    CRL_DIR: z.string(),
  })
  .parse(process.env);

const server = await startAppServer({
  port: env.APP_PORT,
  clients: [JSON.parse(env.APP_CLIENT)],
  keys: JSON.parse(readFileSync(env.APP_KEYS_FILE, 'utf8')),
  folders: { cardsDir: env.TEST_CARDS_DIR, trustDir: env.TRUST_DIR, crlDir: env.CRL_DIR },
});
const stop = () => void server.close().finally(() => process.exit(0));
process.on('SIGTERM', stop);
process.on('SIGINT', stop);
