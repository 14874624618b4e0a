/** 公安委員会, one for each of the 51 areas: 47 prefectures, of which Hokkaido has five. */
export interface CommissionFacts {
  readonly code: string;
  readonly nameJa: string;
  readonly nameEn: string;
  /** Only where a page of the police was read; nobody is sent to a number that was guessed. */
  readonly phone?: string;
}

export interface OfficeFacts {
  readonly commissionCode: string;
  readonly kind: 'licenceCentre' | 'policeStation';
  readonly nameJa: string;
  readonly nameEn: string;
}

export const COMMISSIONS: readonly CommissionFacts[] = [
  { code: 'hokkaido', nameJa: '北海道公安委員会', nameEn: 'Hokkaido Public Safety Commission' },
  { code: 'hakodate', nameJa: '函館方面公安委員会', nameEn: 'Hakodate Area Public Safety Commission' },
  { code: 'asahikawa', nameJa: '旭川方面公安委員会', nameEn: 'Asahikawa Area Public Safety Commission' },
  { code: 'kushiro', nameJa: '釧路方面公安委員会', nameEn: 'Kushiro Area Public Safety Commission' },
  { code: 'kitami', nameJa: '北見方面公安委員会', nameEn: 'Kitami Area Public Safety Commission' },
  { code: 'aomori', nameJa: '青森県公安委員会', nameEn: 'Aomori Public Safety Commission' },
  { code: 'iwate', nameJa: '岩手県公安委員会', nameEn: 'Iwate Public Safety Commission' },
  { code: 'miyagi', nameJa: '宮城県公安委員会', nameEn: 'Miyagi Public Safety Commission' },
  { code: 'akita', nameJa: '秋田県公安委員会', nameEn: 'Akita Public Safety Commission' },
  { code: 'yamagata', nameJa: '山形県公安委員会', nameEn: 'Yamagata Public Safety Commission' },
  { code: 'fukushima', nameJa: '福島県公安委員会', nameEn: 'Fukushima Public Safety Commission' },
  { code: 'tokyo', nameJa: '東京都公安委員会', nameEn: 'Tokyo Public Safety Commission' },
  { code: 'ibaraki', nameJa: '茨城県公安委員会', nameEn: 'Ibaraki Public Safety Commission' },
  { code: 'tochigi', nameJa: '栃木県公安委員会', nameEn: 'Tochigi Public Safety Commission' },
  { code: 'gunma', nameJa: '群馬県公安委員会', nameEn: 'Gunma Public Safety Commission' },
  { code: 'saitama', nameJa: '埼玉県公安委員会', nameEn: 'Saitama Public Safety Commission' },
  { code: 'chiba', nameJa: '千葉県公安委員会', nameEn: 'Chiba Public Safety Commission' },
  {
    code: 'kanagawa',
    nameJa: '神奈川県公安委員会',
    nameEn: 'Kanagawa Public Safety Commission',
    phone: '045-365-3111',
  },
  { code: 'niigata', nameJa: '新潟県公安委員会', nameEn: 'Niigata Public Safety Commission' },
  { code: 'yamanashi', nameJa: '山梨県公安委員会', nameEn: 'Yamanashi Public Safety Commission' },
  { code: 'nagano', nameJa: '長野県公安委員会', nameEn: 'Nagano Public Safety Commission' },
  { code: 'shizuoka', nameJa: '静岡県公安委員会', nameEn: 'Shizuoka Public Safety Commission' },
  { code: 'toyama', nameJa: '富山県公安委員会', nameEn: 'Toyama Public Safety Commission' },
  { code: 'ishikawa', nameJa: '石川県公安委員会', nameEn: 'Ishikawa Public Safety Commission' },
  { code: 'fukui', nameJa: '福井県公安委員会', nameEn: 'Fukui Public Safety Commission' },
  { code: 'gifu', nameJa: '岐阜県公安委員会', nameEn: 'Gifu Public Safety Commission' },
  { code: 'aichi', nameJa: '愛知県公安委員会', nameEn: 'Aichi Public Safety Commission' },
  { code: 'mie', nameJa: '三重県公安委員会', nameEn: 'Mie Public Safety Commission' },
  { code: 'shiga', nameJa: '滋賀県公安委員会', nameEn: 'Shiga Public Safety Commission' },
  { code: 'kyoto', nameJa: '京都府公安委員会', nameEn: 'Kyoto Public Safety Commission' },
  { code: 'osaka', nameJa: '大阪府公安委員会', nameEn: 'Osaka Public Safety Commission' },
  { code: 'hyogo', nameJa: '兵庫県公安委員会', nameEn: 'Hyogo Public Safety Commission' },
  { code: 'nara', nameJa: '奈良県公安委員会', nameEn: 'Nara Public Safety Commission' },
  { code: 'wakayama', nameJa: '和歌山県公安委員会', nameEn: 'Wakayama Public Safety Commission' },
  { code: 'tottori', nameJa: '鳥取県公安委員会', nameEn: 'Tottori Public Safety Commission' },
  { code: 'shimane', nameJa: '島根県公安委員会', nameEn: 'Shimane Public Safety Commission' },
  { code: 'okayama', nameJa: '岡山県公安委員会', nameEn: 'Okayama Public Safety Commission' },
  { code: 'hiroshima', nameJa: '広島県公安委員会', nameEn: 'Hiroshima Public Safety Commission' },
  { code: 'yamaguchi', nameJa: '山口県公安委員会', nameEn: 'Yamaguchi Public Safety Commission' },
  { code: 'tokushima', nameJa: '徳島県公安委員会', nameEn: 'Tokushima Public Safety Commission' },
  { code: 'kagawa', nameJa: '香川県公安委員会', nameEn: 'Kagawa Public Safety Commission' },
  { code: 'ehime', nameJa: '愛媛県公安委員会', nameEn: 'Ehime Public Safety Commission' },
  { code: 'kochi', nameJa: '高知県公安委員会', nameEn: 'Kochi Public Safety Commission' },
  { code: 'fukuoka', nameJa: '福岡県公安委員会', nameEn: 'Fukuoka Public Safety Commission' },
  { code: 'saga', nameJa: '佐賀県公安委員会', nameEn: 'Saga Public Safety Commission' },
  { code: 'nagasaki', nameJa: '長崎県公安委員会', nameEn: 'Nagasaki Public Safety Commission' },
  { code: 'kumamoto', nameJa: '熊本県公安委員会', nameEn: 'Kumamoto Public Safety Commission' },
  { code: 'oita', nameJa: '大分県公安委員会', nameEn: 'Oita Public Safety Commission' },
  { code: 'miyazaki', nameJa: '宮崎県公安委員会', nameEn: 'Miyazaki Public Safety Commission' },
  { code: 'kagoshima', nameJa: '鹿児島県公安委員会', nameEn: 'Kagoshima Public Safety Commission' },
  { code: 'okinawa', nameJa: '沖縄県公安委員会', nameEn: 'Okinawa Public Safety Commission' },
];

/** A few places with a counter. A commission adds its own. */
export const OFFICES: readonly OfficeFacts[] = [
  {
    commissionCode: 'kanagawa',
    kind: 'licenceCentre',
    nameJa: '神奈川県警察 運転免許センター',
    nameEn: 'Kanagawa Driver’s Licence Centre',
  },
  {
    commissionCode: 'kanagawa',
    kind: 'policeStation',
    nameJa: '川崎警察署',
    nameEn: 'Kawasaki Police Station',
  },
  {
    commissionCode: 'kanagawa',
    kind: 'policeStation',
    nameJa: '鎌倉警察署',
    nameEn: 'Kamakura Police Station',
  },
  {
    commissionCode: 'tokyo',
    kind: 'licenceCentre',
    nameJa: '警視庁 府中運転免許試験場',
    nameEn: 'Fuchu Driver’s Licence Centre (Tokyo)',
  },
  {
    commissionCode: 'hokkaido',
    kind: 'licenceCentre',
    nameJa: '北海道警察 札幌運転免許試験場',
    nameEn: 'Sapporo Driver’s Licence Centre (Hokkaido)',
  },
];
