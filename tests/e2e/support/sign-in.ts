import { expect, type Page } from '@playwright/test';

/** The named people whom the journeys use (scripts/named-people.ts), with the PINs of their test cards. */
export const PEOPLE = {
  hanako: { name: '山田 花子', pin: '1101' },
  ichiro: { name: '佐藤 一郎', pin: '2202' },
  makoto: { name: '鈴木 誠', pin: '3303' },
  akiko: { name: '高橋 昭子', pin: '4404' },
  kenta: { name: '田中 健太', pin: '5505' },
  masao: { name: '伊藤 正男', pin: '6606' },
  yumi: { name: '渡辺 由美', pin: '7707' },
  shota: { name: '中村 翔太', pin: '8808' },
  naoko: { name: '小林 直子', pin: '9909' },
  megumi: { name: '吉田 恵', pin: '1111' },
  manabu: { name: '山本 学', pin: '1212' },
  aoi: { name: '松本 葵', pin: '1313' },
  shinobu: { name: '井上 忍', pin: '1414' },
  sakura: { name: '木村 さくら', pin: '1515' },
  kaoru: { name: '斉藤 薫', pin: '1616' },
  minoru: { name: '髙崎 実', pin: '1717' },
} as const;
export type PersonId = keyof typeof PEOPLE;

/** Chooses the person's card on the page of card files and types this PIN. */
export async function presentCard(page: Page, id: PersonId, pin: string = PEOPLE[id].pin): Promise<void> {
  await page.goto('/sign-in/card-file');
  await page.getByRole('button', { name: PEOPLE[id].name }).click();
  await page.getByLabel('暗証番号(数字4桁)').fill(pin);
  await page.getByRole('button', { name: 'サインインする' }).click();
}

export async function signIn(page: Page, id: PersonId): Promise<void> {
  await presentCard(page, id);
  await expect(page).toHaveURL(/\/eligibility$/);
}
