import { describe, expect, it } from 'vitest';
import { readCheckForm } from './read-check-form.ts';

const TODAY = '2026-11-24';
const WELL = {
  birthCount: 'showa',
  birthYear: '60',
  birthMonth: '12',
  birthDay: '10',
  lectureClass: 'general',
  holdingType: 'both',
  link: 'done',
  expiryCount: 'reiwa',
  expiryYear: '',
  expiryMonth: '',
  expiryDay: '',
};
const read = (changes: Record<string, string> = {}) => {
  const form = new FormData();
  for (const [name, value] of Object.entries({ ...WELL, ...changes })) form.set(name, value);
  return readCheckForm(form, TODAY);
};

describe('the form of the check', () => {
  it('is read in the years that people count in', () => {
    expect(read().declared).toEqual({
      birthDate: '1985-12-10',
      lectureClass: 'general',
      holdingType: 'both',
      link: 'done',
      expiryDate: null,
    });
    const expiry = { expiryYear: '9', expiryMonth: '1', expiryDay: '10' };
    expect(read(expiry).declared?.expiryDate).toBe('2027-01-10');
  });

  it('shows again what was written', () => {
    expect(read({ birthYear: '六十' }).written).toMatchObject({
      birth: { count: 'showa', year: '六十', month: '12', day: '10' },
      lectureClass: 'general',
    });
  });

  it('says of an empty one what is missing', () => {
    expect(readCheckForm(new FormData(), TODAY)).toMatchObject({
      declared: null,
      faults: ['birth', 'lectureClass', 'holdingType', 'link'],
    });
  });

  it.each([
    [{ birthCount: 'reiwa', birthYear: '8' }, 'birth'],
    [{ birthCount: 'western', birthYear: '1885' }, 'birth'],
    [{ birthMonth: '2', birthDay: '30' }, 'birth'],
    [{ birthYear: '9'.repeat(100_000) }, 'birth'],
    [{ lectureClass: 'constructor' }, 'lectureClass'],
    [{ holdingType: '__proto__' }, 'holdingType'],
    [{ link: 'DONE' }, 'link'],
    [{ expiryYear: '9' }, 'expiry'],
    [{ expiryYear: '60', expiryMonth: '1', expiryDay: '1' }, 'expiry'],
  ])('does not take %j', (changes, field) => {
    expect(read(changes)).toMatchObject({ declared: null, faults: [field] });
  });

  it('takes a file for nothing', () => {
    const form = new FormData();
    form.set('birthYear', new File(['60'], 'year.txt'));
    expect(readCheckForm(form, TODAY).written.birth.year).toBe('');
  });
});
