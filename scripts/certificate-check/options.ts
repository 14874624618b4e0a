import { promises as fs } from 'node:fs';
import { parseArgs } from 'node:util';
import type { CertificatePurpose } from '#lib/server/certificates/anchor.ts';
import { WrongUsage } from '../support/follow-command.ts';

export const USAGE = `npm run certificate:check -- --trust DIR [--crl FILE]... [--ocsp URL] [--purpose auth|sign] [--at TIME] [--show] FILE...

Says of each certificate in each FILE (PEM or DER) whether it would be accepted, by the same code as the sign-in.
証明書ファイルを、サインインと同じ手順で検証します。

  --trust DIR     the trust folder: trust.json and the authorities' PEM files (docs/certificates.md)
                  信頼する認証局のフォルダー
  --crl FILE      a revocation list, DER or PEM; may be given more than once  失効リスト
  --ocsp URL      an OCSP responder. With lists too, both are asked and both must find the certificate good
                  OCSP レスポンダー
  --purpose       auth (for signing in, the default) or sign  利用者証明用(auth)か署名用(sign)
  --at TIME       at which instant: 2026-11-22T12:00:00+09:00 or 2026-11-22, in Japan unless it says; now unless given
                  いつの時点で検証するか
  --show          with --purpose sign: print the basic four in full  基本4情報の中身も表示する

Without --crl and --ocsp every certificate is refused: revocation_unavailable.
Exit status: 0 all accepted, 1 one or more refused, 2 wrong usage.
終了コード: 0 すべて受け付けた、1 受け付けないものがある、2 使い方の誤り`;

export interface CheckOptions {
  readonly trustDir: string;
  readonly crlFiles: readonly string[];
  readonly ocspUrl: string | null;
  readonly purpose: CertificatePurpose;
  readonly at: Date;
  readonly show: boolean;
  readonly files: readonly string[];
}

// A date, or as RFC 3339 has it with seconds or without.
const INSTANT = /^(\d{4}-\d\d-\d\d)(T\d\d:\d\d(?::\d\d(?:\.\d+)?)?)?(Z|[+-]\d\d:\d\d)?$/;
const MIDNIGHT = 'T00:00:00';
const JAPAN = '+09:00';

/** Reads the command line; null when help was asked for. Throws WrongUsage. */
export async function readOptions(args: string[], now: Date): Promise<CheckOptions | null> {
  const { values, positionals: files } = parse(args);
  if (values.help) return null;
  const { trust: trustDir, crl: crlFiles = [], ocsp: ocspUrl = null, purpose, at, show } = values;
  if (trustDir === undefined) throw new WrongUsage('--trust DIR is needed.');
  if (files.length === 0) throw new WrongUsage('No FILE is given.');
  if (purpose !== 'auth' && purpose !== 'sign') throw new WrongUsage(`--purpose cannot be ${purpose}.`);
  if (ocspUrl !== null && !isHttpUrl(ocspUrl)) throw new WrongUsage('--ocsp must be an http or https URL.');
  const instant = at === undefined ? now : readInstant(at);
  if (instant === null) throw new WrongUsage(`--at is not a time: ${at}`);
  if (!(await isReadable(trustDir, 'isDirectory'))) throw new WrongUsage(`--trust is no folder: ${trustDir}`);
  for (const file of crlFiles) {
    if (!(await isReadable(file, 'isFile'))) throw new WrongUsage(`--crl cannot be read: ${file}`);
  }
  return { trustDir, crlFiles, ocspUrl, purpose, at: instant, show, files };
}

function parse(args: string[]) {
  try {
    return parseArgs({
      args,
      allowPositionals: true,
      options: {
        trust: { type: 'string' },
        crl: { type: 'string', multiple: true },
        ocsp: { type: 'string' },
        purpose: { type: 'string', default: 'auth' },
        at: { type: 'string' },
        show: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
  } catch (fault) {
    throw new WrongUsage(fault instanceof Error ? fault.message : String(fault));
  }
}

function readInstant(text: string): Date | null {
  const [, date, time = MIDNIGHT, zone = JAPAN] = INSTANT.exec(text) ?? [];
  if (date === undefined) return null;
  const instant = new Date(`${date}${time}${zone}`);
  const [year, month, day] = date.split('-').map(Number) as [number, number, number];
  // 30 February would become another day.
  const exists = new Date(Date.UTC(year, month - 1, day)).getUTCDate() === day;
  return exists && !Number.isNaN(instant.getTime()) ? instant : null;
}

function isHttpUrl(text: string): boolean {
  return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol);
}

async function isReadable(file: string, is: 'isDirectory' | 'isFile'): Promise<boolean> {
  const readable = await fs.access(file, fs.constants.R_OK).then(
    () => true,
    () => false,
  );
  return readable && (await fs.stat(file))[is]();
}
