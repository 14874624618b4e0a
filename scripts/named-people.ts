import type { FourInformation } from '#lib/domain/people/four-information.ts';
import { addDays, type CalendarDate } from '#lib/domain/renewal/calendar.ts';
import type { RegisterRow } from '#lib/server/register/register-columns.ts';
import { CARD_STORIES } from './seed/card-stories.ts';
import { registerRow, type Situation } from './seed/register-row.ts';

export { NAMED_OFFICERS } from './named-officers.ts';

/** The people of the demo, the tests and the screenshots. Nobody of them exists. */
export interface NamedPerson {
  readonly id: string;
  readonly nameJa: string;
  readonly nameEn: string;
  readonly storyJa: string;
  readonly storyEn: string;
  readonly pin: string;
  readonly card: 'valid' | 'expired' | 'revoked' | 'foreign' | 'signing';
  /** Which card is linked to the register; without a word the one that the person has. */
  readonly linked?: 'formerCard' | 'none';
  readonly signing?: SigningStory;
  /** null: the register does not know the person. */
  readonly register: RegisterRow | null;
}

/** The person's signing card: its password, and what its certificate says other than the register. */
interface SigningStory {
  readonly password: string;
  readonly sex: FourInformation['sex'];
  readonly certified?: Partial<FourInformation>;
}

/** How long after `today` every story is still true. */
export const STORIES_HOLD_DAYS = 14;

export type Story = Omit<NamedPerson, 'register'> & { readonly situation: Situation | null };

const CARD_ONLY = {
  holdingType: 'cardOnly',
  cardRecordedOn: null,
  signingCertificateSubmittedOn: null,
  portalLinkedOn: null,
} as const;

const stories = (today: CalendarDate): readonly Story[] => [
  {
    id: 'hanako',
    nameJa: '山田 花子',
    nameEn: 'Hanako Yamada',
    storyJa: '優良運転者。オンラインで受講できます。',
    storyEn: 'Excellent driver. May take the lecture online.',
    pin: '1101',
    card: 'valid',
    situation: { ageAtBirthday: 41, birthdayInDays: 12 },
  },
  {
    id: 'ichiro',
    nameJa: '佐藤 一郎',
    nameEn: 'Ichiro Sato',
    storyJa: '一般運転者、マイナ免許証のみ。オンラインで受講できます。',
    storyEn: 'General driver with the My Number licence only. May take the lecture online.',
    pin: '2202',
    card: 'valid',
    situation: {
      ageAtBirthday: 38,
      birthdayInDays: -9,
      changes: {
        lectureClass: 'general',
        holdingType: 'mynaOnly',
        address: '神奈川県川崎市川崎区見本町4-5',
      },
    },
  },
  {
    id: 'makoto',
    nameJa: '鈴木 誠',
    nameEn: 'Makoto Suzuki',
    storyJa: '優良運転者、東京都の人。東京都の講習を受講します。',
    storyEn: 'Excellent driver who lives in Tokyo and takes the lecture of Tokyo.',
    pin: '3303',
    card: 'valid',
    situation: {
      ageAtBirthday: 45,
      birthdayInDays: 5,
      changes: { homeCommissionCode: 'tokyo', address: '東京都府中市見本町6-7-8' },
    },
  },
  {
    id: 'akiko',
    nameJa: '高橋 昭子',
    nameEn: 'Akiko Takahashi',
    storyJa: '69歳の優良運転者。オンラインで受講できます。',
    storyEn: 'Excellent driver of 69. May take the lecture online.',
    pin: '4404',
    card: 'valid',
    situation: { ageAtBirthday: 69, birthdayInDays: 8 },
  },
  {
    id: 'kenta',
    nameJa: '田中 健太',
    nameEn: 'Kenta Tanaka',
    storyJa: '違反運転者。対面の講習が必要です。',
    storyEn: 'Driver with violations. Has to take the lecture in person.',
    pin: '5505',
    card: 'valid',
    situation: {
      ageAtBirthday: 33,
      birthdayInDays: 3,
      changes: { lectureClass: 'violation' },
    },
  },
  {
    id: 'masao',
    nameJa: '伊藤 正男',
    nameEn: 'Masao Ito',
    storyJa: '更新期間の末日に70歳。高齢者講習を受けます。',
    storyEn: '70 at the end of the renewal period. Takes the lecture for senior drivers.',
    pin: '6606',
    card: 'valid',
    situation: {
      ageAtBirthday: 70,
      birthdayInDays: 15,
      changes: { lectureClass: 'senior' },
    },
  },
  {
    id: 'yumi',
    nameJa: '渡辺 由美',
    nameEn: 'Yumi Watanabe',
    storyJa: '運転免許証のみ。マイナ免許証をまだ持っていません。',
    storyEn: 'Has the licence card only, and no My Number licence yet.',
    pin: '7707',
    card: 'valid',
    situation: {
      ageAtBirthday: 29,
      birthdayInDays: -4,
      changes: CARD_ONLY,
    },
  },
  {
    id: 'shota',
    nameJa: '中村 翔太',
    nameEn: 'Shota Nakamura',
    storyJa: 'マイナポータルでの初回連携手続がまだです。',
    storyEn: 'Has not linked the licence on Mynaportal yet.',
    pin: '8808',
    card: 'valid',
    situation: {
      ageAtBirthday: 36,
      birthdayInDays: 10,
      changes: { portalLinkedOn: null },
    },
  },
  {
    id: 'naoko',
    nameJa: '小林 直子',
    nameEn: 'Naoko Kobayashi',
    storyJa: '更新期間がまだ始まっていません。',
    storyEn: 'The renewal period has not begun yet.',
    pin: '9909',
    card: 'valid',
    situation: { ageAtBirthday: 52, birthdayInDays: 100 },
  },
  {
    id: 'daisuke',
    nameJa: '加藤 大輔',
    nameEn: 'Daisuke Kato',
    storyJa: '免許の効力が停止されています。',
    storyEn: 'The licence is suspended.',
    pin: '1010',
    card: 'valid',
    situation: {
      ageAtBirthday: 40,
      birthdayInDays: 0,
      changes: { lectureClass: 'general', suspendedUntil: addDays(today, 20) },
    },
  },
  {
    id: 'megumi',
    nameJa: '吉田 恵',
    nameEn: 'Megumi Yoshida',
    storyJa: 'カードの電子証明書が失効しています(住所変更など)。',
    storyEn: 'The certificate of the card has been revoked.',
    pin: '1111',
    card: 'revoked',
    situation: { ageAtBirthday: 47, birthdayInDays: 6 },
  },
  {
    id: 'manabu',
    nameJa: '山本 学',
    nameEn: 'Manabu Yamamoto',
    storyJa: 'カードの電子証明書の有効期間が過ぎています。',
    storyEn: 'The certificate of the card has expired.',
    pin: '1212',
    card: 'expired',
    situation: { ageAtBirthday: 55, birthdayInDays: -7 },
  },
  ...CARD_STORIES,
];

/** Everybody, as things stand on that day in Japan: birth dates are counted from it, so that the stories hold on any day. */
export function namedPeople(today: CalendarDate): readonly NamedPerson[] {
  return stories(today).map(({ situation, ...person }, index) => ({
    ...person,
    register: situation && registerRow(today, { number: index + 1, name: person.nameJa, ...situation }),
  }));
}
