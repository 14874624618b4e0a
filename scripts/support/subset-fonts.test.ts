import { expect, it } from 'vitest';
import { charactersOf } from './subset-fonts.ts';

it('takes each character of the words once, and what words are always made of', () => {
  const characters = charactersOf(['{"a": "講習の講習"}\n']);
  expect([...characters].filter((character) => character === '講')).toHaveLength(1);
  for (const character of 'かカ、令和8年ー') expect(characters).toContain(character);
  expect(characters).not.toContain('\n');
  expect(characters).not.toContain('髙');
});
