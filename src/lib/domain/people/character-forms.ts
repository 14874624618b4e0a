/**
 * Characters of names and places that are written in several ways. The first of a group is the common form. Whether two people with two
 * forms are one, no rule knows: an officer looks at it. The groups are the usual ones of names; a form that is missing here
 * is a difference like any other.
 */
const GROUPS = [
  '高髙',
  '崎﨑碕嵜',
  '沢澤',
  '辺邊邉',
  '斉斎齊齋',
  '浜濱濵',
  '桜櫻',
  '広廣',
  '国國',
  '島嶋嶌',
  '富冨',
  '吉𠮷',
  '真眞',
  '恵惠',
  '徳德',
  '竜龍',
  '滝瀧',
  '渋澁',
  '塩鹽',
  '関關',
  '児兒',
  '条條',
  '栄榮',
  '円圓',
  '蔵藏',
  '亀龜',
  '鉄鐵',
  '桑桒',
  '柳栁',
  '館舘',
  '峰峯',
  '群羣',
  '松枩',
  '曽曾',
  '増增',
  '黒黑',
  '万萬',
  '寿壽',
  '礼禮',
  '実實',
  '弥彌',
  '来來',
  '為爲',
  '晃晄',
  '晋晉',
  '凜凛',
  '遥遙',
  '尭堯',
  '槙槇',
  '奥奧',
  '横橫',
  '瀬瀨',
  '頼賴',
  '緑綠',
  '清淸',
  '教敎',
  '薮藪',
  '籠篭',
  '鷗鴎',
  '驒騨',
  '檜桧',
  '竈竃',
  'ケヶがガ',
  'カヵ',
] as const;

export const COMMON_FORMS: ReadonlyMap<string, string> = new Map(
  GROUPS.flatMap((group) => {
    const [common = '', ...others] = [...group];
    return others.map((form): [string, string] => [form, common]);
  }),
);

/** Stands for a character that the certificate's authority had to replace; no text of people holds it. */
export const SUBSTITUTED = '\u{E000}';

/** A character that nobody could write: marked by us, of a private area (外字), the geta mark, or the replacement character. */
export const UNKNOWN_CHARACTER = /[\p{Co}〓\u{FFFD}]/u;
