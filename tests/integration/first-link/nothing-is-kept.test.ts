import { afterAll, beforeAll, expect, it } from 'vitest';
import { newBrowser, openLinkDesk, type LinkDesk } from './link-desk.ts';

let desk: LinkDesk;
beforeAll(async () => {
  desk = await openLinkDesk();
});
afterAll(() => desk.close());

/** Every cell of every table but those of the register, as text. */
async function everythingWritten(): Promise<string> {
  const tables = await desk.app.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
      where c.relkind = 'r' and n.nspname = 'public' and c.relname not in ('driver', 'commission', 'office')`,
  );
  const rows = await Promise.all(
    tables.rows.map(async ({ name }) => {
      const content = await desk.app.pool.query<{ row: string }>(`select t::text as row from "${name}" t`);
      return content.rows.map(({ row }) => row).join('\n');
    }),
  );
  return rows.join('\n');
}

it('keeps nothing of the signing certificate, of the four facts or of the signature, whatever came of it', async () => {
  const secrets: string[] = [];
  const sign = async (id: string, changes = {}) => {
    const { browser, link } = await desk.arrive();
    const information = desk.four(id, changes);
    const serial = `7e57${desk.newSerial()}`;
    const der = await desk.signingDer(information, { serial });
    const answer = await desk.answer(link, information, { der });
    if (answer.signed.kind !== 'raw') throw new Error('is bare');
    const { signature } = answer.signed;
    for (const bytes of [der, der.subarray(200, 260), signature.subarray(0, 40)])
      secrets.push(bytes.toString('base64').replaceAll('=', ''), bytes.toString('hex'));
    secrets.push(serial, information.name, information.name.replace('　', ''), information.address);
    await desk.hand(browser, answer).catch(() => undefined);
    await desk.signIn((await desk.arrive()).card, newBrowser());
  };
  await sign('aoi');
  await sign('minoru');
  await sign('aoi', { address: '東京都府中市どこにもない町9-9', name: '松本　葵' });
  await sign('sakura', { name: '木村　咲良子', address: '大阪府どこにもない市1-1', birthDate: '1985-05-05' });
  secrets.push('1985-05-05', '1985/5/5');

  const written = await everythingWritten();
  const logged = desk.logged.join('');
  expect(written).toContain('firstLink.signed');
  expect(logged).toContain('first_link_not_in_register');
  for (const secret of secrets) {
    expect(written.includes(secret), `the database holds ${secret.slice(0, 40)}`).toBe(false);
    expect(logged.includes(secret), `the log holds ${secret.slice(0, 40)}`).toBe(false);
  }
  expect(logged).not.toMatch(/[\p{scx=Han}]{2}\u3000/u);
});

it('writes down who was linked, what was replaced and what was refused, without a word about the person', async () => {
  const { rows } = await desk.app.pool.query<{ what: string; detail: object }>(
    `select what, detail from audit_event where what like 'firstLink.%' or what like 'credential.%' order by id`,
  );
  expect(rows).toContainEqual({
    what: 'firstLink.refused',
    detail: { code: 'first_link_not_in_register' },
  });
  expect(rows).toContainEqual({
    what: 'firstLink.signed',
    detail: { result: 'awaitingOfficer', anchor: 'sign-1', revocationSource: 'crl' },
  });
  expect(rows).toContainEqual({
    what: 'credential.linked',
    detail: { credential: expect.any(String), kind: 'certificate' },
  });
});
