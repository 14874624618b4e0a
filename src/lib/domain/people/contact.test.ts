import { expect, it } from 'vitest';
import { telephoneUri } from './contact.ts';

it('dials a number however it is written', () => {
  expect(telephoneUri('000-123-4567')).toBe('tel:0001234567');
  expect(telephoneUri('(000) 123 4567')).toBe('tel:0001234567');
  expect(telephoneUri('+81-00-0000-0000')).toBe('tel:+810000000000');
});
