import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { migrateToLatest } from '#lib/server/db/migrate.ts';

const MIGRATIONS = path.resolve('migrations');
const DATABASE = `languages_${process.pid}`;
const admin = new pg.Client({ connectionString: inject('postgresUrl') });
const url = new URL(inject('postgresUrl'));
url.pathname = `/${DATABASE}`;
const folder = mkdtempSync(path.join(tmpdir(), 'koshu-migrations-'));
let client: pg.Client;

beforeAll(async () => {
  for (const file of readdirSync(MIGRATIONS).filter((name) => /^\d/.test(name) && name < '0010'))
    symlinkSync(path.join(MIGRATIONS, file), path.join(folder, file));
  await admin.connect();
  await admin.query(`create database ${DATABASE}`);
  await migrateToLatest(url.href, folder);
  client = new pg.Client({ connectionString: url.href });
  await client.connect();
});
afterAll(async () => {
  await client.end();
  await admin.query(`drop database ${DATABASE}`);
  await admin.end();
  rmSync(folder, { recursive: true });
});

it('brings a lecture that somebody is in the middle of into the tables of languages', async () => {
  await client.query(`
    insert into commission (code, name_ja, name_en) values ('kanagawa', '神奈川', 'Kanagawa');
    insert into register_import (id, file_name, file_sha256, row_count) values ('00000000-0000-0000-0000-0000000000f1', 'x', '', 1);
    insert into driver (id, licence_number, name, birth_date, address, home_commission_code, lecture_class, class_as_of, holding_type,
                        card_recorded_on, expiry_date, import_id)
      values ('00000000-0000-0000-0000-0000000000d1', '123456789012', '見本', '1980-01-01', '見本', 'kanagawa', 'excellent', '2026-01-01',
              'both', '2025-04-01', '2027-01-01', '00000000-0000-0000-0000-0000000000f1');
    insert into video (id, title, state, file_name, source_key, source_bytes, duration_ms, segment_starts_ms, media_prefix, wrapped_secret,
                       wrapping_key_id, ready_at)
      values ('00000000-0000-0000-0000-0000000000b1', 'v', 'ready', 'v', 'v', 1, 60000, '{0}', 'v', '', '1', now());
    insert into lecture (id, commission_code, lecture_class, title_ja, title_en)
      values ('00000000-0000-0000-0000-0000000000a1', 'kanagawa', 'excellent', '講習', 'Lecture');
    insert into edition (id, lecture_id, number, state, published_at, total_ms)
      values ('00000000-0000-0000-0000-0000000000e1', '00000000-0000-0000-0000-0000000000a1', 1, 'published', now(), 60000);
    insert into chapter (id, edition_id, position, title_ja, title_en, video_id, captions_vtt, captions_en_vtt)
      values ('00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-0000000000e1', 1, '章', 'Chapter',
              '00000000-0000-0000-0000-0000000000b1', 'ja', 'en'),
             ('00000000-0000-0000-0000-0000000000c2', '00000000-0000-0000-0000-0000000000e1', 2, '章二', 'Chapter two',
              '00000000-0000-0000-0000-0000000000b1', 'ja', null);
    insert into question (id, chapter_id, text_ja, text_en, explanation_ja, explanation_en)
      values ('00000000-0000-0000-0000-000000000011', '00000000-0000-0000-0000-0000000000c1', '問', 'Q', '解', 'E');
    insert into choice (id, question_id, position, text_ja, text_en, is_right)
      values ('00000000-0000-0000-0000-000000000021', '00000000-0000-0000-0000-000000000011', 1, '正', 'right', true),
             ('00000000-0000-0000-0000-000000000022', '00000000-0000-0000-0000-000000000011', 2, '誤', 'wrong', false);
    insert into attendance (id, driver_id, edition_id, lecture_class, period_start, period_end, consented_at, consent_version)
      values ('00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-0000000000d1', '00000000-0000-0000-0000-0000000000e1',
              'excellent', '2026-01-01', '2026-02-01', now(), '1');
    insert into chapter_attendance (attendance_id, chapter_id, position, duration_ms)
      select '00000000-0000-0000-0000-000000000031', id, position, 60000 from chapter;
    insert into answer (attendance_id, chapter_id, question_id, choice_id, is_right, answered_at)
      values ('00000000-0000-0000-0000-000000000031', '00000000-0000-0000-0000-0000000000c1', '00000000-0000-0000-0000-000000000011',
              '00000000-0000-0000-0000-000000000021', true, now());`);

  await migrateToLatest(url.href, MIGRATIONS);

  const rows = async (text: string) =>
    (await client.query<unknown[]>({ text, rowMode: 'array' })).rows.map((row) => row.map(String).join(' '));
  const b1 = '00000000-0000-0000-0000-0000000000b1';
  expect(
    await rows(`select c.position, cl.language, cl.title, cl.video_id, cl.captions_vtt
                  from chapter_language cl join chapter c on c.id = cl.chapter_id order by 1, 2 desc`),
  ).toEqual([`1 ja 章 ${b1} ja`, '1 en Chapter null en', `2 ja 章二 ${b1} ja`, '2 en Chapter two null null']);
  expect(
    await rows(`select q.position, ql.language, ql.text, ql.explanation from question q
                  join question_language ql on ql.question_id = q.id order by 2 desc`),
  ).toEqual(['1 ja 問 解', '1 en Q E']);
  expect(await rows(`select language, text from choice_language order by 1 desc, 2`)).toEqual([
    ...['ja 正', 'ja 誤', 'en right', 'en wrong'],
  ]);
  expect(
    await rows(`select ca.position, ca.video_id, ca.question_id, a.language from chapter_attendance ca
                  join attendance a on a.id = ca.attendance_id order by 1`),
  ).toEqual([`1 ${b1} 00000000-0000-0000-0000-000000000011 ja`, `2 ${b1} null ja`]);
  expect(await rows('select languages from edition')).toEqual(['ja,en']);
});
