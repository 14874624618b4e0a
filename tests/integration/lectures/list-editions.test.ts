import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Administrator } from '#lib/domain/people/actor.ts';
import { declareLanguages } from '#lib/server/lectures/declare-languages.ts';
import { listEditions, ListEditions } from '#lib/server/lectures/list-editions.ts';
import { seedCommissions } from '#lib/server/register/seed-commissions.ts';
import { makeAdministrator, makeDraft, makeFinished, publishDraft } from '../../support/drafts.ts';
import { makeTestApp, type TestApp } from '../../support/test-app.ts';

const LEGAL = [15 * 60_000, 15 * 60_000];

let test: TestApp;
let administrator: Administrator;
let neighbour: Administrator;
let published: string;
let draft: string;
beforeAll(async () => {
  test = await makeTestApp();
  await seedCommissions(test.app);
  administrator = await makeAdministrator(test.app);
  neighbour = await makeAdministrator(test.app, 'tokyo', '東京 三郎');
  const first = await makeDraft(test.app, administrator, LEGAL);
  await publishDraft(test.app, administrator, first);
  published = first.editionId;
  const second = await makeDraft(test.app, administrator, LEGAL);
  draft = second.editionId;
  await declareLanguages(test.app, administrator, { ...second, languages: ['ja', 'en', 'ur'] });
  await makeFinished(test.app, neighbour, LEGAL);
});
afterAll(() => test.close());

/** As an address says it. */
async function list(address: string, actor = administrator) {
  const wanted = Object.fromEntries(new URLSearchParams(address));
  const { lectures, ...rest } = await listEditions(test.app, actor, ListEditions.parse(wanted));
  return { ...rest, lectures, editions: lectures.flatMap(({ editions }) => editions.map(({ id }) => id)) };
}

describe('the list of editions', () => {
  it('shows those of one’s own commission, with how many there are of each state', async () => {
    const { editions, counts, hasNational } = await list('');
    expect(editions.toSorted()).toEqual([draft, published].toSorted());
    expect(counts).toEqual({ draft: 1, ready: 0, scheduled: 0, published: 1, withdrawn: 0 });
    expect(hasNational).toBe(false);
    expect((await list('', neighbour)).counts).toMatchObject({ ready: 1, published: 0 });
  });

  it('is narrowed by state, class and language', async () => {
    expect((await list('state=published')).editions).toEqual([published]);
    expect((await list('language=ur')).editions).toEqual([draft]);
    expect((await list('language=ur&state=published')).editions).toEqual([]);
    expect((await list('lectureClass=general')).lectures).toEqual([]);
  });

  it.each(['state=', 'state=gone', 'language=xx', 'lectureClass=senior', 'commission=tokyo'])(
    'is not narrowed by what makes no sense: %s',
    async (address) => {
      expect((await list(address)).editions).toHaveLength(2);
    },
  );

  it('shows of the national commission what it has published, and that is not one’s own', async () => {
    await test.app.db
      .updateTable('commission')
      .set({ isNational: true })
      .where('code', '=', 'tokyo')
      .execute();
    expect(await list('commission=national')).toMatchObject({ lectures: [], hasNational: true });
    const national = await makeDraft(test.app, neighbour, LEGAL);
    await publishDraft(test.app, neighbour, national);
    const { lectures, editions } = await list('commission=national');
    expect(editions).toEqual([national.editionId]);
    expect(lectures.find(({ editions }) => editions.length > 0)).toMatchObject({ isOwn: false });
    expect((await list('commission=national', neighbour)).lectures).toHaveLength(2);
  });
});
