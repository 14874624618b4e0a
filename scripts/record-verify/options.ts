import { readFile } from 'node:fs/promises';
import { text } from 'node:stream/consumers';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import type { ProofKey, RevokedRecords } from '#lib/proof/proof.ts';
import { readKeySet } from '#lib/server/records/proof-keys.ts';
import { WrongUsage } from '../support/follow-command.ts';

export const USAGE = `npm run record:verify -- TEXT --keys FILE [--revoked FILE] [--at TIME]

Says whether TEXT, as a QR code of a completion record holds it (KOSHU1:…), is genuine; asks no server.
修了記録の QR コードの内容(KOSHU1:…)が本物かどうかを、サーバーに問い合わせずに確かめます。

  TEXT            in single quotes, or - to read it from the standard input  引用符 ' で囲む。- なら標準入力から読む
  --keys FILE     the public keys: npm run -s record:keys > FILE, or /counter/proof-keys.json
                  公開鍵のファイル
  --revoked FILE  records that were voided, used or rejected: /counter/revoked.json
                  使えなくなった修了記録の一覧
  --at TIME       at which instant (RFC 3339), now unless given  いつの時点で確かめるか

Exit status: 0 valid, 1 invalid, 2 wrong usage.
終了コード: 0 有効、1 無効、2 使い方の誤り`;

export interface VerifyOptions {
  readonly proof: string;
  readonly keys: readonly ProofKey[];
  /** null: no list was given. */
  readonly revoked: RevokedRecords | null;
  readonly now: Date;
}

const Revoked = z.object({ asOf: z.iso.datetime(), recordNumbers: z.array(z.string()) });

/** Reads the command line and its files; null when help was asked for. Throws WrongUsage. */
export async function readOptions(args: string[]): Promise<VerifyOptions | null> {
  const { values, positionals } = parse(args);
  if (values.help) return null;
  const [given, ...more] = positionals;
  if (given === undefined || more.length > 0) throw new WrongUsage('One TEXT is needed, in single quotes.');
  if (values.keys === undefined) throw new WrongUsage('--keys FILE is needed.');
  const now = values.at === undefined ? new Date() : new Date(values.at);
  if (Number.isNaN(now.getTime())) throw new WrongUsage(`--at is not a time: ${values.at ?? ''}`);
  const keys = await readKeySet(values.keys).catch((fault: unknown) => {
    throw new WrongUsage(`--keys: ${fault instanceof Error ? fault.message : String(fault)}`);
  });
  const revoked = values.revoked === undefined ? null : await readRevoked(values.revoked);
  const proof = given === '-' ? (await text(process.stdin)).replace(/\r?\n$/, '') : given;
  return { proof, keys, revoked, now };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        keys: { type: 'string' },
        revoked: { type: 'string' },
        at: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (fault) {
    throw new WrongUsage(fault instanceof Error ? fault.message : String(fault));
  }
}

async function readRevoked(file: string): Promise<RevokedRecords> {
  try {
    return Revoked.parse(JSON.parse(await readFile(file, 'utf8')));
  } catch {
    throw new WrongUsage(`--revoked: ${file} is no list of revoked records.`);
  }
}
