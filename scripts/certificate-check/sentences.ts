import type { RefusalCode } from '#lib/domain/refusal.ts';

/** Why, to the operator at his terminal. The words for learners are in messages/, and are compiled only when the site is built. */
export interface Sentence {
  readonly ja: string;
  readonly en: string;
}

const SENTENCES: Partial<Record<RefusalCode, Sentence>> = {
  certificate_malformed: {
    ja: '証明書として読めません。壊れているか、決められた形式(DER、PEM)ではありません。',
    en: 'It cannot be read as a certificate: it is damaged, or not strict DER (or PEM of it).',
  },
  certificate_untrusted: {
    ja: '--trust のフォルダーにある認証局が発行したものではありません。',
    en: 'No authority of the --trust folder that is in force issued it.',
  },
  certificate_expired: {
    ja: '有効期間が終わっています。',
    en: 'Its period of validity is over.',
  },
  certificate_not_yet_valid: {
    ja: '有効期間がまだ始まっていません。',
    en: 'Its period of validity has not begun.',
  },
  certificate_revoked: {
    ja: '失効しています。',
    en: 'It is revoked.',
  },
  certificate_wrong_purpose: {
    ja: '用途が違います。--purpose と、証明書の鍵用途を確かめてください。',
    en: 'It is for another purpose: compare --purpose with its key usage and its authority.',
  },
  certificate_wrong_policy: {
    ja: '証明書ポリシーが、trust.json でその認証局に許したものではありません。',
    en: 'It names none of the policies that trust.json allows its authority.',
  },
  certificate_unsupported: {
    ja: '対応していない方式、または対応していない必須の拡張があります。',
    en: 'It uses an algorithm, or has a critical extension, that is not supported.',
  },
  certificate_weak_key: {
    ja: '鍵が弱く、使えません。',
    en: 'Its key is too weak.',
  },
  revocation_unavailable: {
    ja: '失効しているかどうかを確かめられません。--crl FILE か --ocsp URL で、いま有効な失効情報を与えてください。',
    en: 'Nobody can say whether it is revoked: give a list in force with --crl FILE, or a responder with --ocsp URL.',
  },
};

const OTHER: Sentence = { ja: '受け付けられません。', en: 'It cannot be accepted.' };

/** The reason of a refusal in a sentence. */
export function sentenceOf(code: RefusalCode): Sentence {
  return SENTENCES[code] ?? OTHER;
}

export const FILE_UNREADABLE: Sentence = {
  ja: 'ファイルを開けません。',
  en: 'The file cannot be opened and read.',
};
