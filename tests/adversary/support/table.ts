import type { Attack } from './scene.ts';

export interface Measured {
  readonly name: string;
  readonly creditPerSecond: number;
  readonly creditedMs: number;
}

/** The table of docs/attacks.md with what was measured in this run; an attack that did not come to its end has none. */
export function attackTable(attacks: readonly Attack[], measured: readonly Measured[]): string {
  const rows = attacks.map(({ name, happens }, index) => {
    const row = measured.find((other) => other.name === name);
    return `| ${index + 1} | ${name} | ${happens} | ${row ? row.creditPerSecond.toFixed(3) : '–'} |`;
  });
  return [
    '| # | attack | what happens | credit per wall second |',
    '| ---: | --- | --- | ---: |',
    ...rows,
    '',
  ].join('\n');
}
