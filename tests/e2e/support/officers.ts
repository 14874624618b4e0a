import { createHash, randomBytes } from 'node:crypto';
import { expect, type Page } from '@playwright/test';
import pg from 'pg';
import { stackFacts } from './stack-facts.ts';

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
  const { officers } = stackFacts();
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

/** An administrator whom nobody else uses, by a link like that of `npm run invite-officer`; answers the address. */
export const inviteAdministrator = (name: string, commissionCode: string): Promise<string> =>
  invite({ role: 'administrator', name, commissionCode });

/** An officer at one of the commission's offices whom nobody else uses; answers the address of the link. */
export const inviteCounterOfficer = (name: string, commissionCode: string): Promise<string> =>
  invite({ role: 'counterOfficer', name, commissionCode });

async function invite(officer: { role: string; name: string; commissionCode: string }): Promise<string> {
  const { origin, databaseUrl } = stackFacts();
  const token = randomBytes(32).toString('base64url');
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  await client.query(
    `with invited as (
       insert into officer (role, name, commission_code, office_id)
       values ($1, $2, $3, case when $1 = 'counterOfficer'
         then (select id from office where commission_code = $3 order by name_ja limit 1) end)
       returning id
     )
     insert into invitation (token_sha256, officer_id, expires_at)
     select $4, id, now() + interval '1 hour' from invited`,
    [officer.role, officer.name, officer.commissionCode, createHash('sha256').update(token).digest()],
  );
  await client.end();
  return `${origin}/invitation/${token}`;
}

/** Registers a passkey by the link, in this page's browser, and is signed in. */
export async function acceptInvitation(page: Page, address: string, home: RegExp): Promise<void> {
  await addAuthenticator(page);
  await page.goto(address);
  await page.getByRole('button', { name: 'パスキーを登録してサインインする' }).click();
  await expect(page).toHaveURL(home);
}
