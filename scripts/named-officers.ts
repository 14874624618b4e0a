export interface NamedOfficer {
  readonly id: string;
  readonly role: 'counterOfficer' | 'administrator';
  readonly nameJa: string;
  readonly nameEn: string;
  readonly commissionCode: string;
  /** nameJa of one of the offices in domain/people/commissions.ts. */
  readonly officeNameJa: string | null;
  readonly isSupervisor?: true;
}

/** Who works at the counters of the demo, and who administers it. */
export const NAMED_OFFICERS: readonly NamedOfficer[] = [
  {
    id: 'counter-kanagawa',
    role: 'counterOfficer',
    nameJa: '森 和子',
    nameEn: 'Kazuko Mori',
    commissionCode: 'kanagawa',
    officeNameJa: '神奈川県警察 運転免許センター',
  },
  {
    id: 'supervisor-kanagawa',
    role: 'counterOfficer',
    nameJa: '佐々木 直子',
    nameEn: 'Naoko Sasaki',
    commissionCode: 'kanagawa',
    officeNameJa: '神奈川県警察 運転免許センター',
    isSupervisor: true,
  },
  {
    id: 'counter-tokyo',
    role: 'counterOfficer',
    nameJa: '林 修一',
    nameEn: 'Shuichi Hayashi',
    commissionCode: 'tokyo',
    officeNameJa: '警視庁 府中運転免許試験場',
  },
  {
    id: 'administrator-kanagawa',
    role: 'administrator',
    nameJa: '清水 真理',
    nameEn: 'Mari Shimizu',
    commissionCode: 'kanagawa',
    officeNameJa: null,
  },
  {
    id: 'administrator-tokyo',
    role: 'administrator',
    nameJa: '岡田 隆',
    nameEn: 'Takashi Okada',
    commissionCode: 'tokyo',
    officeNameJa: null,
  },
  // Whoever writes a question does not check it: each commission has a second one.
  {
    id: 'colleague-kanagawa',
    role: 'administrator',
    nameJa: '小川 恵子',
    nameEn: 'Keiko Ogawa',
    commissionCode: 'kanagawa',
    officeNameJa: null,
  },
  {
    id: 'colleague-tokyo',
    role: 'administrator',
    nameJa: '藤田 健',
    nameEn: 'Ken Fujita',
    commissionCode: 'tokyo',
    officeNameJa: null,
  },
  {
    id: 'administrator-national',
    role: 'administrator',
    nameJa: '高橋 みどり',
    nameEn: 'Midori Takahashi',
    commissionCode: 'national',
    officeNameJa: null,
  },
  {
    id: 'colleague-national',
    role: 'administrator',
    nameJa: '石井 学',
    nameEn: 'Manabu Ishii',
    commissionCode: 'national',
    officeNameJa: null,
  },
];

/** Whose chapters all commissions of the demo may take over. */
export const NATIONAL_LIBRARY = {
  code: 'national',
  nameJa: '警察庁(全国共通)',
  nameEn: 'National Police Agency (for all)',
} as const;
