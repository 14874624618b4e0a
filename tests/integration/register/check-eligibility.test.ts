import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import pg from 'pg';
import { assessLearner } from '#lib/server/register/assess-eligibility.ts';
import { findDriverById } from '#lib/server/register/find-driver.ts';
import { actions } from '../../../src/routes/check/+page.server.ts';
import { signInLearner } from '../../support/sessions.ts';
import { seedTestPeople } from '../../support/people.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

let test: TestApp;
let driverIds: Awaited<ReturnType<typeof seedTestPeople>>['driverIds'];
const logged: string[] = [];

beforeAll(async () => {
  test = await makeTestApp({ now: '2026-11-24T03:00:00Z' });
  ({ driverIds } = await seedTestPeople(test.app));
});
afterAll(() => test.close());

type Event = Parameters<typeof actions.default>[0];
type Answer = Extract<Awaited<ReturnType<typeof actions.default>>, { written: unknown }>;

/** Sends the form of the page, as a browser does. */
async function send(fields: Record<string, string> | FormData, length?: string) {
  const body = fields instanceof FormData ? fields : new URLSearchParams(fields);
  const request = new Request('http://localhost:3000/check', { method: 'POST', body });
  request.headers.set('content-length', length ?? String((await request.clone().arrayBuffer()).byteLength));
  const headers: Record<string, string> = {};
  const note = (...said: unknown[]) => void logged.push(JSON.stringify(said));
  const log = { info: note, warn: note, error: note, debug: note, trace: note, fatal: note };
  const event = {
    request,
    locals: { app: { ...test.app, log }, actor: null },
    setHeaders: (more: Record<string, string>) => void Object.assign(headers, more),
  } as unknown as Event;
  return { ...((await actions.default(event)) as Answer), headers };
}

const parts = (name: string, date: string) => {
  const [year = '', month = '', day = ''] = date.split('-');
  return { [`${name}Count`]: 'western', [`${name}Year`]: year, [`${name}Month`]: month, [`${name}Day`]: day };
};
const WELL = {
  ...parts('birth', '1971-12-03'),
  lectureClass: 'excellent',
  holdingType: 'mynaOnly',
  link: 'done',
};

/** How many rows each table has. */
async function countRows(): Promise<Record<string, string>> {
  const client = new pg.Client({ connectionString: test.app.config.databaseUrl });
  await client.connect();
  const { rows } = await client.query<{ name: string; rows: string }>(
    `select table_name as name, (xpath('/row/c/text()', query_to_xml(
       format('select count(*) as c from %I', table_name), false, true, '')))[1]::text as rows
     from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE' order by 1`,
  );
  await client.end();
  return Object.fromEntries(rows.map(({ name, rows: count }) => [name, count]));
}

describe('the check without signing in', () => {
  it('tells everybody in the register what the sign-in will tell him', async () => {
    for (const [id, driverId] of driverIds) {
      const { learner } = await signInLearner(test.app, driverId);
      const after = await assessLearner(test.app, learner);
      const driver = (await findDriverById(test.app.db, driverId))!;
      const isSubmitted = driver.signingCertificateSubmittedOn !== null;
      const { answer } = await send({
        ...parts('birth', driver.birthDate),
        ...parts('expiry', driver.expiryDate),
        lectureClass: driver.lectureClass,
        holdingType: driver.cardRecordedOn === null ? 'cardOnly' : driver.holdingType,
        link: driver.portalLinkedOn !== null ? 'done' : isSubmitted ? 'submitted' : 'none',
      });
      const isOtherwiseFree = driver.suspendedUntil === null || driver.suspendedUntil < after.today;
      expect(answer!.outlook === 'now' && isOtherwiseFree, id).toBe(after.isEligible);
      expect(answer!.period, id).toEqual(after.period);
      for (const { id: asked, holds } of answer!.conditions)
        expect(after.conditions.find((condition) => condition.id === asked)?.holds, `${id} ${asked}`).toBe(
          holds,
        );
    }
  });

  it('keeps nothing: no row in any table, no line in the log, and no copy on the way', async () => {
    const before = await countRows();
    expect(Object.keys(before).length).toBeGreaterThan(20);
    const { answer, headers } = await send(WELL);
    expect(answer?.outlook).toBe('now');
    await send({ ...WELL, birthYear: '1971年' });
    await send({});
    expect(await countRows()).toEqual(before);
    expect(logged).toEqual([]);
    expect(headers['cache-control']).toBe('no-store');
  });

  it('asks again for what cannot be, with what was written', async () => {
    const { answer, faults, written } = await send({ ...WELL, birthMonth: '13' });
    expect({ answer, faults }).toEqual({ answer: null, faults: ['birth'] });
    expect(written).toMatchObject({ birth: { year: '1971', month: '13' }, holdingType: 'mynaOnly' });
  });

  it('takes no more than a form', async () => {
    expect((await send(WELL, String(1024 ** 3))).faults).toContain('birth');
    const form = new FormData();
    form.set('birthYear', new File([new Uint8Array(1_000)], 'x'));
    expect((await send(form)).faults).toContain('birth');
  });
});
