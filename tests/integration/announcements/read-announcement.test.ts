import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pino } from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { settableClock } from '#lib/server/clock.ts';
import { readAnnouncement } from '#lib/server/announcements/read-announcement.ts';
import type { App } from '#lib/server/app.ts';

let folder: string;
let app: Pick<App, 'config' | 'clock' | 'log'>;
let logged: string[];
const file = () => path.join(folder, 'announcement.json');
const write = (content: unknown) =>
  writeFileSync(file(), typeof content === 'string' ? content : JSON.stringify(content));
const maintenance = {
  kind: 'notice',
  title: { ja: '11月24日 午前2時から4時まで休みます', en: 'Closed on 24 November, 2:00 to 4:00' },
  text: { ja: '見たところまでは残っています。', en: 'What you have watched stays.' },
  until: '2026-11-24T04:00:00+09:00',
};

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'koshu-announcement-'));
  logged = [];
  app = {
    config: { announcementFile: file() } as App['config'],
    clock: settableClock('2026-11-22T03:00:00Z'),
    log: pino({}, { write: (line: string) => void logged.push(line) }),
  };
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('what the operator announces', () => {
  it('is shown as soon as the file is there, and gone with it', async () => {
    expect(await readAnnouncement(app, 'ja')).toBeNull();
    write(maintenance);
    expect(await readAnnouncement(app, 'en')).toEqual({
      kind: 'notice',
      language: 'en',
      title: 'Closed on 24 November, 2:00 to 4:00',
      text: 'What you have watched stays.',
    });
    rmSync(file());
    expect(await readAnnouncement(app, 'ja')).toBeNull();
    expect(logged).toEqual([]);
  });

  it('ends at its time by itself', async () => {
    write({ ...maintenance, until: '2026-11-22T11:59:59+09:00' });
    expect(await readAnnouncement(app, 'ja')).toBeNull();
  });

  it('is nothing while the file is empty', async () => {
    write('  \n');
    expect(await readAnnouncement(app, 'ja')).toBeNull();
    expect(logged).toEqual([]);
  });

  it.each([
    ['half a file', '{"kind":"notice","title":'],
    ['a kind that there is not', { ...maintenance, kind: 'party' }],
    ['no Japanese', { ...maintenance, title: { en: 'Closed' } }],
    ['a time without its zone', { ...maintenance, until: '2026-11-24T04:00:00' }],
    ['a misspelt name', { ...maintenance, untill: '2026-11-24T04:00:00+09:00' }],
    ['a list', []],
  ])('keeps no page from opening when it is %s, and says so in the log', async (_, content) => {
    write(content);
    expect(await readAnnouncement(app, 'ja')).toBeNull();
    expect(logged.join()).toContain('announcement');
  });
});
