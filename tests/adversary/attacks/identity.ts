import { randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { expect } from 'vitest';
import { makeScene, type Attack } from '../support/scene.ts';
import { Stranger, type Claim } from '../support/stranger.ts';

const claimOf = (viewingId: string): Claim => ({
  viewingId,
  sequence: 1,
  fromMs: 0,
  toMs: 5_000,
  state: 'playing',
});

/** Is somebody else, or nobody. */
export const IDENTITY: readonly Attack[] = [
  {
    name: 'A heartbeat for the viewing of another person, with all that this person was given',
    happens: 'earns nobody anything (`viewing_closed`); says nothing about the other person',
    async run({ victim, me, first }) {
      const other = await makeScene(victim);
      const { viewingId } = await other.me.open(first.id);
      await wait(500);
      const body = JSON.stringify(other.me.beatBody(claimOf(viewingId)));
      const said = await me.post('/api/trpc/viewing.report', body);
      expect(me.readReply(said, viewingId)).toEqual({
        outcome: 'refused',
        code: 'viewing_closed',
        creditedMs: 0,
      });
      expect((await me.beat(claimOf(randomUUID()))).outcome).toBe('refused');
      const honest = await other.me.beat(claimOf(viewingId));
      expect(honest).toMatchObject({ outcome: 'credited', sequence: 1 });
    },
  },
  {
    name: 'Invented, cut, doubled and damaged session cookies',
    happens: 'refused (`not_signed_in`), whatever else the request brings along',
    async run({ victim, me, first }) {
      const { viewingId } = await me.open(first.id);
      const body = JSON.stringify(me.beatBody(claimOf(viewingId)));
      const value = me.cookie.split('=')[1]!;
      const cookies = [
        '',
        'koshu-session=',
        `koshu-session=${value.slice(0, -1)}`,
        `koshu-session=${value.toUpperCase()}`,
        `koshu-session=${'a'.repeat(40)}`,
        `koshu-session=${value}%00`,
        `koshu-session=' or 1=1--`,
        `koshu-session=a; koshu-session=${value}`,
        `__Host-koshu-session=${value}`,
        `koshu-session=${'x'.repeat(6_000)}`,
      ];
      for (const cookie of cookies) {
        const nobody = new Stranger(victim.origin, cookie);
        const said = await nobody.post('/api/trpc/viewing.report', body);
        expect([cookie.slice(0, 60), said.code]).toEqual([cookie.slice(0, 60), 'not_signed_in']);
        expect(await nobody.tryOpen(first.id)).toBe('not_signed_in');
      }
    },
  },
  {
    name: 'The cookie and the viewing of a session that has been signed out',
    happens: 'refused (`not_signed_in`) from the next heartbeat on',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      await wait(500);
      await me.beat(claimOf(viewingId));
      const before = me.beatBody({ ...claimOf(viewingId), sequence: 2, toMs: 10_000 });
      await me.form('/sign-out', new URLSearchParams());
      await wait(500);
      const said = await me.post('/api/trpc/viewing.report', JSON.stringify(before));
      const reply = me.readReply(said, viewingId);
      expect(reply).toMatchObject({ outcome: 'refused' });
      expect(['not_signed_in', 'viewing_closed']).toContain(reply.outcome === 'refused' && reply.code);
      expect(await me.tryOpen(first.id)).toBe('not_signed_in');
    },
  },
  {
    name: "An officer's cookie",
    happens: 'refused (`not_allowed`): officers take no lectures',
    async run({ victim, me, first }) {
      const officer = new Stranger(victim.origin, await victim.signInOfficer());
      expect(await officer.tryOpen(first.id)).toBe('not_allowed');
      const { viewingId } = await me.open(first.id);
      const reply = await officer.beat(claimOf(viewingId));
      expect(reply).toMatchObject({ outcome: 'refused' });
      expect((await officer.consent()).status).toBe(403);
    },
  },
  {
    name: 'Another site sends heartbeats and forms with the cookie of its visitor',
    happens: 'refused (403) by Origin and by Sec-Fetch-Site',
    async run({ me, first }) {
      const { viewingId } = await me.open(first.id);
      const body = JSON.stringify(me.beatBody(claimOf(viewingId)));
      const sources: Record<string, string>[] = [
        { origin: 'https://evil.example' },
        { origin: 'null' },
        { 'sec-fetch-site': 'cross-site' },
        { 'sec-fetch-site': 'same-site' },
      ];
      for (const source of sources) {
        expect((await me.post('/api/trpc/viewing.report', body, source)).status).toBe(403);
        expect(
          (await me.post('/api/trpc/viewing.open', JSON.stringify({ chapterId: first.id }), source)).status,
        ).toBe(403);
        const form = { method: 'POST', body: new URLSearchParams({ terms: 'agreed' }), headers: source };
        expect((await me.send('/consent', form)).status).toBe(403);
      }
    },
  },
];
