import { readFileSync } from 'node:fs';
import { expect, type Page } from '@playwright/test';
import { STACK_FILE, type StackFacts } from './stack-facts.ts';

/** An authenticator in this page's browser that has one owner and always finds him there. */
async function addAuthenticator(page: Page): Promise<void> {
  const devtools = await page.context().newCDPSession(page);
  await devtools.send('WebAuthn.enable');
  await devtools.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
}

/** Opens the officer's invitation, registers a passkey, and is signed in; then signs out and in again with it. */
export async function registerPasskey(page: Page, officerId: string): Promise<void> {
  const { officers } = JSON.parse(readFileSync(STACK_FILE, 'utf8')) as StackFacts;
  const officer = officers.find(({ id }) => id === officerId);
  if (!officer) throw new Error(`nobody is invited as ${officerId}`);
  const home = officer.role === 'administrator' ? /\/admin$/ : /\/counter$/;
  await addAuthenticator(page);
  await page.goto(officer.url);
  await page.getByRole('button', { name: 'パスキーを登録してサインインする' }).click();
  await expect(page).toHaveURL(home);
  await page.getByRole('button', { name: 'サインアウト' }).click();
  await page.goto('/officer/sign-in');
  await page.getByRole('button', { name: 'パスキーでサインインする' }).click();
  await expect(page).toHaveURL(home);
}
