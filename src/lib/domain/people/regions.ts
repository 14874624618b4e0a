/** A part of the country as everybody knows it from the weather: its commissions stand together where somebody looks for his. */
export interface Region {
  readonly nameJa: string;
  readonly nameEn: string;
  /** Of its commissions (commissions.ts), from north to south. */
  readonly codes: readonly string[];
}

/** 八地方区分, with Okinawa named beside Kyushu. Every commission is in one of them. */
export const REGIONS: readonly Region[] = [
  { nameJa: '北海道', nameEn: 'Hokkaido', codes: ['hokkaido', 'hakodate', 'asahikawa', 'kushiro', 'kitami'] },
  {
    nameJa: '東北',
    nameEn: 'Tohoku',
    codes: ['aomori', 'iwate', 'miyagi', 'akita', 'yamagata', 'fukushima'],
  },
  {
    nameJa: '関東',
    nameEn: 'Kanto',
    codes: ['ibaraki', 'tochigi', 'gunma', 'saitama', 'chiba', 'tokyo', 'kanagawa'],
  },
  {
    nameJa: '中部',
    nameEn: 'Chubu',
    codes: ['niigata', 'toyama', 'ishikawa', 'fukui', 'yamanashi', 'nagano', 'gifu', 'shizuoka', 'aichi'],
  },
  {
    nameJa: '近畿',
    nameEn: 'Kinki (Kansai)',
    codes: ['mie', 'shiga', 'kyoto', 'osaka', 'hyogo', 'nara', 'wakayama'],
  },
  { nameJa: '中国', nameEn: 'Chugoku', codes: ['tottori', 'shimane', 'okayama', 'hiroshima', 'yamaguchi'] },
  { nameJa: '四国', nameEn: 'Shikoku', codes: ['tokushima', 'kagawa', 'ehime', 'kochi'] },
  {
    nameJa: '九州・沖縄',
    nameEn: 'Kyushu and Okinawa',
    codes: ['fukuoka', 'saga', 'nagasaki', 'kumamoto', 'oita', 'miyazaki', 'kagoshima', 'okinawa'],
  },
];
