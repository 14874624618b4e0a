/**
 * `npm run certificate:check -- --trust DIR [--crl FILE]... [--ocsp URL] [--purpose auth|sign] [--at TIME] FILE...`: tells an operator
 * whether certificates would be accepted, and why not. `--help` for the rest.
 */
import { Refusal, type RefusalDetail } from '#lib/domain/refusal.ts';
import { loadTrust, type Trust } from '#lib/server/certificates/trust.ts';
import { certificatesOf, readBounded } from './certificate-check/certificate-files.ts';
import { checkCertificate, type Finding } from './certificate-check/check-certificate.ts';
import { readOptions, USAGE, type CheckOptions } from './certificate-check/options.ts';
import { followCommand, WrongUsage } from './support/follow-command.ts';
import { revocationOf } from './certificate-check/revocation.ts';
import { FILE_UNREADABLE, sentenceOf, type Sentence } from './certificate-check/sentences.ts';

const NAME_WIDTH = 12;

const write = (line: string) => process.stdout.write(`${line}\n`);

function tellRefusal(label: string, code: string, sentence: Sentence, detail: RefusalDetail): void {
  write(`${label}: refused ${code}`);
  write(`  ${sentence.ja}`);
  write(`  ${sentence.en}`);
  const facts = Object.entries(detail).map(([name, value]) => `${name} ${value}`);
  if (facts.length > 0) write(`  (${facts.join(', ')})`);
}

function tell(label: string, finding: Finding): boolean {
  if (finding.accepted) {
    write(`${label}: accepted`);
    for (const [name, value] of finding.facts) write(`  ${name.padEnd(NAME_WIDTH)}${value}`);
  } else tellRefusal(label, finding.code, sentenceOf(finding.code), finding.detail);
  return finding.accepted;
}

/** Whether all certificates of the file are accepted. */
async function checkFile(trust: Trust, file: string, options: CheckOptions): Promise<boolean> {
  let bytes: Buffer;
  try {
    bytes = await readBounded(file);
  } catch (error) {
    const fault = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
    tellRefusal(file, 'file_unreadable', FILE_UNREADABLE, { fault });
    return false;
  }
  try {
    const certificates = certificatesOf(bytes);
    let allAccepted = true;
    for (const [index, certificate] of certificates.entries()) {
      const label = certificates.length === 1 ? file : `${file} #${index + 1}`;
      const finding: Finding =
        certificate instanceof Refusal
          ? { accepted: false, code: certificate.code, detail: certificate.detail }
          : await checkCertificate(trust, certificate, options);
      allAccepted = tell(label, finding) && allAccepted;
    }
    return allAccepted;
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return tell(file, { accepted: false, code: error.code, detail: error.detail });
  }
}

async function openTrust(options: CheckOptions): Promise<Trust> {
  try {
    // Only the authorities are taken: who is revoked, the command line says.
    const { anchors, hasTestAnchors } = await loadTrust({
      mode: 'test',
      trustDir: options.trustDir,
      crlDir: options.trustDir,
      allowTestCards: true,
    });
    return { anchors, hasTestAnchors, revocation: revocationOf(options, anchors) };
  } catch (error) {
    const because = error instanceof Error && error.cause instanceof Error ? `: ${error.cause.message}` : '';
    throw new WrongUsage(`${error instanceof Error ? error.message : String(error)}${because}`);
  }
}

async function main(): Promise<number> {
  const options = await readOptions(process.argv.slice(2), new Date());
  if (options === null) {
    write(USAGE);
    return 0;
  }
  const trust = await openTrust(options);
  let allAccepted = true;
  for (const file of options.files) allAccepted = (await checkFile(trust, file, options)) && allAccepted;
  return allAccepted ? 0 : 1;
}

await followCommand(main, USAGE);
