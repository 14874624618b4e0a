import { expect, test } from 'vitest';
import { NAMED_OFFICERS, namedPeople } from '../named-people.ts';
import { addressLines } from './address-lines.ts';

const origin = 'http://localhost:3000';
const officers = NAMED_OFFICERS.map(({ id, nameJa, role, isSupervisor = false }) => ({
  ...{ id, role, isSupervisor, officerId: id, name: nameJa, url: `${origin}/invitation/${id}` },
}));
const text = addressLines(
  {
    origin,
    officers,
    authenticationAppIssuer: 'http://127.0.0.1:1/',
    cardHost: { origin: 'https://127.0.0.1:2', authorityFile: 'ca.pem', cardsDir: 'cards', environment: {} },
  },
  namedPeople('2026-11-24'),
).join('\n');

test('who has started the demo is told by which number a learner is found at the counter', () => {
  expect(text).toContain('1101  990000000001  山田 花子');
});

test('he is told where each officer works, with a link to come in', () => {
  expect(text).toMatch(/林 修一.+警視庁 府中運転免許試験場\n\s+\S+\/invitation\/counter-tokyo/);
  expect(text).toMatch(/藤田 健.+東京都公安委員会\n/);
  expect(text).toMatch(/石井 学.+警察庁.*全国共通.*\n/);
});
