import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ALONE } from './attacks/alone.ts';
import { CLAIMS } from './attacks/claims.ts';
import { DEVICES } from './attacks/devices.ts';
import { GATES } from './attacks/gates.ts';
import { IDENTITY } from './attacks/identity.ts';
import { INSIDERS } from './attacks/insiders.ts';
import { KEYS } from './attacks/keys.ts';
import { ORDER } from './attacks/order.ts';
import { PRESENCE } from './attacks/presence.ts';
import { REQUESTS } from './attacks/requests.ts';
import { readDisagreements, readStanding, type Standing } from './support/measure.ts';
import { makeScene, type Attack, type Scene } from './support/scene.ts';
import { attackTable, type Measured } from './support/table.ts';
import { startVictim, type Victim } from './support/victim.ts';
import { forbiddenKeys } from './support/forbidden-keys.ts';

const root = path.join(import.meta.dirname, '../..');
const TOGETHER = [...CLAIMS, ...ORDER, ...DEVICES, ...IDENTITY, ...KEYS, ...GATES, ...REQUESTS, ...INSIDERS];
const ATTACKS = [...TOGETHER, ...ALONE, ...PRESENCE];
/** Attacks that take a second person, and newcomers. */
const FURTHER_PEOPLE = 10;

let victim: Victim;
const measured: Measured[] = [];

beforeAll(async () => {
  victim = await startVictim(ATTACKS.length + FURTHER_PEOPLE);
}, 180_000);
afterAll(async () => {
  mkdirSync(path.join(root, 'test-results'), { recursive: true });
  writeFileSync(path.join(root, 'test-results/adversary.md'), attackTable(ATTACKS, measured));
  await victim.stop();
});

/** The milliseconds of the database's clock in which the person had a live viewing; no instant may belong to two. */
function leasedMs({ leases }: Standing): number {
  leases.slice(1).forEach(({ openedAt }, index) => {
    const sinceLastMs = openedAt - leases[index]!.lastBeatAt;
    expect({ sinceLastMs: Math.min(0, sinceLastMs) }).toEqual({ sinceLastMs: 0 });
  });
  return leases.reduce((sum, { openedAt, lastBeatAt }) => sum + lastBeatAt - openedAt, 0);
}

async function withstand(attack: Attack): Promise<void> {
  const scene: Scene = await makeScene(victim, attack.lecture);
  const { app } = victim;
  const { driverId } = scene.learner;
  const before = await readStanding(app, driverId);
  await attack.run(scene);
  const after = await readStanding(app, driverId);
  const creditPerSecond = (after.creditedMs - before.creditedMs) / (after.at - before.at);
  measured.push({ name: attack.name, creditPerSecond, creditedMs: after.creditedMs });

  expect(creditPerSecond).toBeLessThanOrEqual(1);
  expect(after.creditedMs).toBeLessThanOrEqual(leasedMs(after));
  expect(after.leases.filter(({ isLive }) => isLive).length).toBeLessThanOrEqual(1);
  expect({ isComplete: after.isComplete, records: after.records }).toEqual({
    isComplete: attack.isCompleted ?? false,
    records: attack.isCompleted ? 1 : 0,
  });
  // What the owner of the database has written is not the doing of heartbeats.
  if (INSIDERS.includes(attack)) return;
  expect(forbiddenKeys(victim, scene, after)).toEqual([]);
  expect(await readDisagreements(app, driverId)).toEqual([]);
}

describe.concurrent('a stranger’s script against the built server', () => {
  it.each([...TOGETHER, ...PRESENCE].map((attack) => [attack.name, attack] as const))('%s', (_, attack) =>
    withstand(attack),
  );
});

describe('a script against everybody', () => {
  it.each(ALONE.map((attack) => [attack.name, attack] as const))('%s', (_, attack) => withstand(attack));
});

describe('afterwards', () => {
  it('no request has become a fault of the server, but those that were cut off with their server', () => {
    const faults = victim
      .log()
      .split('\n')
      .filter(
        (line) =>
          line.includes('"level":50') &&
          !/database connection|Connection terminated|57P0|ECONNR|ledger disagrees|could not be settled/.test(
            line,
          ),
      );
    expect(faults).toEqual([]);
  });

  it('docs/attacks.md tells of each of them what happens', () => {
    const told = readFileSync(path.join(root, 'docs/attacks.md'), 'utf8')
      .split('\n')
      .filter((line) => /^\| +\d+ \|/.test(line))
      .map((line) =>
        line
          .split('|')
          .slice(2, 4)
          .map((cell) => cell.trim()),
      );
    expect(told).toEqual(ATTACKS.map(({ name, happens }) => [name, happens]));
  });
});
