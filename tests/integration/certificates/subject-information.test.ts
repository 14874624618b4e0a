import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { Refusal } from '#lib/domain/refusal.ts';
import { parseCertificate } from '#lib/server/certificates/parse-certificate.ts';
import { readFourInformation, readSubjectFields } from '#lib/server/certificates/subject-information.ts';
import { AUTHORITIES } from '../../../scripts/test-ca/authorities.ts';
import { Extension, issueCertificate, signingCardExtensions } from '../../../scripts/test-ca/issue.ts';
import { derElement as der } from '#lib/server/certificates/der-write.ts';
import { otherNamesOf, type OtherName } from '../../../scripts/test-ca/other-names.ts';
import { FOUR, signingCard } from './signing-card.ts';
import { day, makePki, type Pki } from './test-pki.ts';

let pki: Pki;
beforeAll(async () => {
  pki = await makePki();
});

const read = async (fields: readonly OtherName[]) =>
  readFourInformation(parseCertificate(await signingCard(pki, fields)));
/** The usual fields, with some in place of the usual ones. */
const withFields = (...changed: OtherName[]) => {
  const numbers = new Set(changed.map(([number]) => number));
  return [...otherNamesOf(FOUR).filter(([number]) => !numbers.has(number)), ...changed];
};
const without = (...numbers: number[]) => otherNamesOf(FOUR).filter(([number]) => !numbers.includes(number));

async function expectMalformed(fields: readonly OtherName[], reason: string): Promise<void> {
  const certificate = parseCertificate(await signingCard(pki, fields));
  let thrown: unknown = null;
  try {
    readFourInformation(certificate);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Refusal);
  expect([(thrown as Refusal).code, (thrown as Refusal).detail['reason']]).toEqual([
    'certificate_malformed',
    reason,
  ]);
}

describe('the basic four of a signing certificate', () => {
  it('are read as the authority wrote them, characters that it substituted included', async () => {
    expect(await read(otherNamesOf(FOUR))).toEqual(FOUR);
  });

  it('are what the test authority puts into a card', async () => {
    const der = await issueCertificate(pki.sign, {
      serial: '51a2',
      commonName: 'KOSHUTEST',
      publicKey: pki.keys.publicKey,
      notBefore: day('2025-06-01'),
      notAfter: day('2030-06-01'),
      extensions: await signingCardExtensions(pki.sign, AUTHORITIES.sign, FOUR),
    });
    expect(readFourInformation(parseCertificate(der))).toEqual(FOUR);
  });

  it('may come in any order', async () => {
    expect(await read(otherNamesOf(FOUR).toReversed())).toEqual(FOUR);
  });

  it('say nothing of substituted characters where the flags are not there', async () => {
    expect(await read(without(2, 6))).toEqual({ ...FOUR, nameSubstituted: [], addressSubstituted: [] });
  });

  it('count a character outside the basic plane once', async () => {
    const four = { ...FOUR, name: '𠮷　太郎', nameSubstituted: [true, false, false, false] };
    expect(await read(otherNamesOf(four))).toEqual(four);
  });

  it('take any digit but 0 for a substituted character, so that an officer looks', async () => {
    expect((await read(withFields([2, '0020']))).nameSubstituted).toEqual([false, false, true, false]);
  });

  it.each([
    ['1', 'male'],
    ['2', 'female'],
    ['3', 'unknown'],
    ['9', 'notApplicable'],
  ] as const)('give the sex %s as %s', async (code, sex) => {
    expect((await read(withFields([3, code]))).sex).toBe(sex);
  });

  it.each([
    ['in Meiji', '118991231', '1899-12-31'],
    ['in Shōwa', '319800217', '1980-02-17'],
    ['on a leap day', '420000229', '2000-02-29'],
    ['in an era that is yet to come', '620600101', '2060-01-01'],
  ])('know somebody born %s', async (_, code, birthDate) => {
    expect((await read(withFields([4, code]))).birthDate).toBe(birthDate);
  });

  it.each(['000000000', '319800200', '319800000', '300000217', '019800217', '319800001'])(
    'leave a birth date open of which a part is not known: %s',
    async (code) => {
      expect((await read(withFields([4, code]))).birthDate).toBeNull();
    },
  );

  it('leave open what the certificate does not have: birth date, sex', async () => {
    expect(await read(without(3, 4))).toEqual({ ...FOUR, birthDate: null, sex: 'unknown' });
  });

  it('pass over fields that are not known yet, whatever is in them', async () => {
    const unknown: OtherName[] = [
      [7, 'モリ　オウガイ'],
      [7, Buffer.from('020105', 'hex')],
      [99, der(0x30, Buffer.from([0xff]))],
    ];
    expect(await read([...unknown, ...otherNamesOf(FOUR)])).toEqual(FOUR);
  });

  it('stand beside other kinds of names', async () => {
    const mail = der(0x81, Buffer.from('a@example.jp'));
    const fields = otherNamesOf(FOUR);
    const certificate = parseCertificate(await signingCard(pki, fields));
    const extension = certificate.extensions.get('2.5.29.17')!;
    const inner = extension.value.subarray(extension.value[1]! < 0x80 ? 2 : 2 + (extension.value[1]! & 0x7f));
    const san = new Extension('2.5.29.17', false, new Uint8Array(der(0x30, mail, inner, mail)));
    const mixed = await signingCard(pki, [], { more: [san] });
    expect(readFourInformation(parseCertificate(mixed))).toEqual(FOUR);
  });
});

describe('a signing certificate that does not say who it is', () => {
  it('is refused without name or without address', async () => {
    await expectMalformed(without(1, 2), 'subject_incomplete');
    await expectMalformed(without(5, 6), 'subject_incomplete');
    await expectMalformed(withFields([1, '']), 'subject_incomplete');
    await expectMalformed([], 'subject_incomplete');
  });

  it.each([1, 2, 3, 4, 5, 6])('is refused when field %i comes twice', async (number) => {
    const twice = otherNamesOf(FOUR).filter(([field]) => field === number);
    await expectMalformed([...otherNamesOf(FOUR), ...twice], 'subject_field_twice');
  });

  it.each([
    ['bytes that are no UTF-8', 'c328', 'utf8'],
    ['a surrogate on its own', 'eda080', 'utf8'],
    ['an overlong form', 'c0af', 'utf8'],
    ['a NUL', '4100', 'control_character'],
    ['a line break', '410a42', 'control_character'],
  ])('is refused with %s in the name', async (_, hex, reason) => {
    await expectMalformed(withFields([1, der(0x0c, Buffer.from(hex, 'hex'))]), reason);
  });

  it('is refused when a field is another kind of string, or has something behind it', async () => {
    await expectMalformed(withFields([1, der(0x13, Buffer.from('MORI'))]), 'unexpected_tag');
    await expectMalformed(
      withFields([1, Buffer.concat([der(0x0c, Buffer.from('森')), Buffer.from('0500', 'hex')])]),
      'trailing_bytes',
    );
  });

  it('is refused when a text is longer than any address', async () => {
    expect((await read(withFields([5, '横'.repeat(400)], [6, '0'.repeat(400)]))).address).toHaveLength(400);
    await expectMalformed(withFields([5, '横'.repeat(401)]), 'subject_field_length');
  });

  it.each(['000', '00000', '00x0', '００００'])(
    'is refused with the flags %s for four characters',
    async (flags) => {
      await expectMalformed(withFields([2, flags]), 'substitution_flags');
    },
  );

  it.each(['19800217', '3198002170', '3１９８００２１７', '319801302', '319800230', 'S19800217'])(
    'is refused with the birth date %s',
    async (code) => {
      await expectMalformed(withFields([4, code]), 'birth_date');
    },
  );

  it.each(['', '0', '4', '11', '男', 'constructor'])('is refused with the sex %j', async (code) => {
    await expectMalformed(withFields([3, code]), 'sex');
  });

  it('is refused, and nothing worse, whatever stands in the six fields', async () => {
    const field = fc.tuple(fc.integer({ min: 0, max: 8 }), fc.string({ unit: 'grapheme', maxLength: 12 }));
    await fc.assert(
      fc.asyncProperty(fc.array(field, { maxLength: 8 }), async (fields) => {
        const certificate = parseCertificate(await signingCard(pki, fields));
        try {
          readFourInformation(certificate);
        } catch (error) {
          if (!(error instanceof Refusal)) throw error;
        }
      }),
      { numRuns: 300 },
    );
  });
});

it('a certificate for signing in has none of the basic four', async () => {
  expect(readSubjectFields(parseCertificate(await pki.card())).size).toBe(0);
});
