/** `npm run record:verify -- TEXT --keys FILE [--revoked FILE]`: checks the proof of a record without any server. `--help` for the rest. */
import { formatRecordNumber } from '#lib/domain/records/record-number.ts';
import type { ProofClaims } from '#lib/proof/claims.ts';
import { verifyProof, type InvalidProof } from '#lib/proof/proof.ts';
import { readOptions, USAGE } from './record-verify/options.ts';
import { followCommand } from './support/follow-command.ts';

const NAME_WIDTH = 12;

const write = (line: string) => process.stdout.write(`${line}\n`);

const WHY: Readonly<Record<InvalidProof, readonly [ja: string, en: string]>> = {
  malformed: ['修了記録の QR コードの内容ではありません。', 'It is not the text of a completion record.'],
  tampered: [
    '署名が合いません。作りかえられています。',
    'Its signature does not fit: somebody has altered it.',
  ],
  unknownKey: ['署名した鍵が --keys にありません。', 'The key that signed it is not among --keys.'],
  revoked: [
    '本物ですが、もう使えません(無効・使用済み・不受理)。',
    'Genuine, but of no use any more: voided, used or rejected.',
  ],
  expired: ['本物ですが、更新期間が過ぎています。', 'Genuine, but its renewal period is over.'],
};

function tellClaims(claims: ProofClaims): void {
  const facts = {
    number: formatRecordNumber(claims.recordNumber),
    class: claims.lectureClass === 'excellent' ? '優良 excellent' : '一般 general',
    period: `${claims.periodStart} – ${claims.periodEnd}`,
    issued: claims.issuedAt.toISOString(),
    commission: claims.commissionCode,
    edition: String(claims.editionNumber),
  };
  for (const [name, value] of Object.entries(facts)) write(`  ${name.padEnd(NAME_WIDTH)}${value}`);
}

async function main(): Promise<number> {
  const options = await readOptions(process.argv.slice(2));
  if (options === null) {
    write(USAGE);
    return 0;
  }
  const { proof, keys, revoked, now } = options;
  const found = await verifyProof(proof, { keys, revoked: new Set(revoked?.recordNumbers), now });
  if (found.kind === 'valid') {
    write('valid 有効');
  } else {
    write(`invalid 無効: ${found.reason}`);
    for (const words of WHY[found.reason]) write(`  ${words}`);
  }
  if ('claims' in found) tellClaims(found.claims);
  write(
    revoked === null
      ? '  Without --revoked: whether it was used or voided meanwhile is not known. 使用済み・無効かどうかは確かめていません。'
      : `  Revoked as of ${revoked.asOf} 一覧の時点`,
  );
  return found.kind === 'valid' ? 0 : 1;
}

await followCommand(main, USAGE);
