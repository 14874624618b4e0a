import path from 'node:path';
import { AUTHORITIES, DAY_MS, KINDS } from './authorities.ts';
import type { Work } from './cards.ts';
import { foldersOf, saveMade, writeWhole } from './folder.ts';
import { Extension, issueCrl } from './issue.ts';

const CRL_DAYS = 60;
const CRL_RENEW_DAYS = 7;

/** Issues both revocation lists, unless the present ones say all and last a week yet. */
export async function writeCrls({ outDir, made, authorities, now }: Work): Promise<boolean> {
  const leftMs = made.crlNextUpdate === null ? 0 : Date.parse(made.crlNextUpdate) - now.getTime();
  if (leftMs >= CRL_RENEW_DAYS * DAY_MS) return false;
  made.crlNumber += 1;
  const seconds = Math.floor(now.getTime() / 1000) * 1000;
  const [thisUpdate, nextUpdate] = [new Date(seconds - 60_000), new Date(seconds + CRL_DAYS * DAY_MS)];
  const revoked = [
    ...made.revoked,
    ...Object.values(made.cards).flatMap(({ anchorId, serial, revokedAt: at }) =>
      at === null ? [] : [{ anchorId, serial, at }],
    ),
  ];
  for (const kind of KINDS) {
    const { id } = AUTHORITIES[kind];
    const entries = revoked
      .filter(({ anchorId }) => anchorId === id)
      .map(({ serial, at }) => ({ serial, at: new Date(at) }));
    const extensions = [new Extension('2.5.29.20', false, derInteger(made.crlNumber))];
    const crl = await issueCrl(authorities[kind], { thisUpdate, nextUpdate, revoked: entries, extensions });
    await writeWhole(path.join(foldersOf(outDir).crl, `${id}.crl`), crl);
  }
  made.crlNextUpdate = nextUpdate.toISOString();
  await saveMade(outDir, made);
  return true;
}

function derInteger(value: number): Uint8Array<ArrayBuffer> {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.length % 2 === 0 ? hex : `0${hex}`, 'hex');
  const content = (bytes[0] ?? 0) >= 0x80 ? [0, ...bytes] : [...bytes];
  return new Uint8Array([0x02, content.length, ...content]);
}
