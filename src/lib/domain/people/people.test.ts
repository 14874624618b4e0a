import { describe, expect, it } from 'vitest';
import { COMMISSIONS, OFFICES } from './commissions.ts';
import { isLicenceNumber, readLicenceNumber } from './licence-number.ts';

describe('commissions', () => {
  it('are 51: 47 prefectures, Hokkaido in five areas', () => {
    expect(COMMISSIONS).toHaveLength(51);
    expect(new Set(COMMISSIONS.map(({ code }) => code)).size).toBe(51);
    expect(new Set(COMMISSIONS.map(({ nameJa }) => nameJa)).size).toBe(51);
  });

  it('have codes that the database takes', () => {
    for (const { code } of COMMISSIONS) expect(code).toMatch(/^[a-z]{3,20}$/);
  });

  it('own every office', () => {
    const codes = COMMISSIONS.map(({ code }) => code);
    for (const office of OFFICES) expect(codes).toContain(office.commissionCode);
  });
});

describe('a licence number', () => {
  it('is 12 digits', () => {
    expect(isLicenceNumber('990012345670')).toBe(true);
    expect(isLicenceNumber('99001234567')).toBe(false);
    expect(isLicenceNumber('99001234567a')).toBe(false);
  });

  it.each([
    ['9900 1234 5670', '990012345670'],
    ['9900-1234-5670', '990012345670'],
    ['990012345670', '990012345670'],
    [' 990012345670 ', '990012345670'],
    ['9900123456701', undefined],
    ['', undefined],
  ])('is read as people write it: %s', (text, number) => expect(readLicenceNumber(text)).toBe(number));
});
