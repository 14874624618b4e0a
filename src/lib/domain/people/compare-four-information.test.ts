import { describe, expect, it } from 'vitest';
import { compareFourInformation, type RegisteredPerson } from './compare-four-information.ts';
import type { FourInformation } from './four-information.ts';

const AOI: FourInformation = {
  name: '松本　葵',
  nameSubstituted: [],
  address: '神奈川県横浜市旭区見本町一丁目２番３号',
  addressSubstituted: [],
  birthDate: '1990-12-06',
  sex: 'female',
};
const REGISTERED: RegisteredPerson = {
  name: '松本 葵',
  birthDate: '1990-12-06',
  address: '神奈川県横浜市旭区見本町1-2-3',
};
const compare = (certified: Partial<FourInformation>, registered: Partial<RegisteredPerson> = {}) =>
  compareFourInformation({ ...AOI, ...certified }, { ...REGISTERED, ...registered });
const flags = (text: string) => [...text].map((flag) => flag === '1');
const same = { result: 'same', differences: [] };
const different = { result: 'different', differences: [] };
const review = (...differences: string[]) => ({ result: 'review', differences });

describe('a holder of a signing certificate', () => {
  it('is the registered person when name, birth date and address are the same', () => {
    expect(compare({})).toEqual(same);
  });

  it.each([
    ['no space', '松本葵'],
    ['half-width space', '松本 葵'],
    ['ideographic space', '松本　葵'],
    ['several and odd spaces', ' 松本\u{2003}\u{00A0} 葵 '],
    ['a shape selector', '松本葵\u{E0100}'],
  ])('is the same with %s in the name', (_, name) => {
    expect(compare({}, { name })).toEqual(same);
    expect(compare({ name })).toEqual(same);
  });

  it('is the same in full-width and half-width letters, in capitals and small', () => {
    expect(compare({ name: 'ＮＧＵＹＥＮ　ＶＡＮ　ＡＮ' }, { name: 'Nguyen Van An' })).toEqual(same);
    expect(compare({ name: 'ｸﾞｴﾝ' }, { name: 'グエン' })).toEqual(same);
  });

  it.each([
    '神奈川県横浜市旭区見本町1丁目2-3',
    '神奈川県横浜市旭区見本町１－２－３',
    '神奈川県横浜市旭区見本町一丁目２番地３',
    '神奈川県横浜市旭区見本町1丁目2番地の3',
    '神奈川県横浜市旭区見本町一丁目二番三号',
    '神奈川県横浜市旭区 見本町 1‐2−3',
    '神奈川県横浜市旭区大字見本町1ー2ー3',
  ])('lives where the register says: %s', (address) => {
    expect(compare({}, { address })).toEqual(same);
    expect(compare({ address })).toEqual(same);
  });

  it.each([
    ['見本町2番3号見本マンション101号室', '見本町2-3 見本マンション101'],
    ['見本町二十三番地', '見本町23'],
    ['見本町百五番地の十二号', '見本町105-12'],
    ['千代田区一番町5-6', '千代田区1番町5番6号'],
    ['見本町1-2 タワー３階', '見本町１番２号タワー3階'],
  ])('lives in one place however it is written: %s', (one, other) => {
    expect(compare({ address: one }, { address: other })).toEqual(same);
  });

  it.each([
    ['1-23', '12-3'],
    ['1-2 34', '1-23 4'],
    ['一丁目2', '二丁目1'],
    ['マンション3', 'マンシヨン3'],
  ])('does not live in two: %s, %s', (one, other) => {
    expect(compare({ address: `見本町${one}` }, { address: `見本町${other}` })).toEqual(
      review('addressDifferent'),
    );
  });
});

describe('an officer looks at it', () => {
  it.each([
    ['高橋', '髙橋'],
    ['山崎', '山﨑'],
    ['沢田', '澤田'],
    ['渡邊', '渡邉'],
    ['渡辺', '渡邉'],
    ['斉藤', '齋藤'],
    ['吉田', '𠮷田'],
  ])('when a name is written with an older or another form: %s, %s', (one, other) => {
    expect(compare({ name: `${one}\u3000葵` }, { name: `${other} 葵` })).toEqual(review('nameVariant'));
    expect(compare({ name: `${other}\u3000葵` }, { name: `${one} 葵` })).toEqual(review('nameVariant'));
  });

  it('when a character was replaced, whatever stands in its place', () => {
    expect(compare({ name: '高崎　実', nameSubstituted: flags('10000') }, { name: '髙崎 実' })).toEqual(
      review('nameSubstituted'),
    );
    expect(compare({ name: '＊　葵', nameSubstituted: flags('100') }, { name: '𩸽 葵' })).toEqual(
      review('nameSubstituted'),
    );
    expect(compare({ address: `${AOI.address}`, addressSubstituted: flags('00000000001') }, {})).toEqual(
      review('addressSubstituted'),
    );
  });

  it('when a replaced character happens to be the same, too', () => {
    expect(compare({ nameSubstituted: flags('1000') })).toEqual(review('nameSubstituted'));
  });

  it('when the register holds a character of its own (外字)', () => {
    expect(compare({}, { name: '\u{E123}本 葵' })).toEqual(review('nameSubstituted'));
    expect(compare({}, { name: '〓本 葵' })).toEqual(review('nameSubstituted'));
  });

  it('when somebody has moved', () => {
    expect(compare({ address: '東京都府中市見本町6-7-8' })).toEqual(review('addressDifferent'));
  });

  it('when the name is another, but birth date and address are the same', () => {
    expect(compare({ name: '鈴木　葵' })).toEqual(review('nameDifferent'));
  });

  it('when the authority does not know the whole birth date', () => {
    expect(compare({ birthDate: null })).toEqual(review('birthDateUnknown'));
  });

  it('and is told of everything at once', () => {
    expect(
      compare({ name: '高本　葵', nameSubstituted: flags('1000'), address: '東京都', birthDate: null }),
    ).toEqual(review('nameSubstituted', 'addressDifferent', 'birthDateUnknown'));
  });
});

describe('somebody else', () => {
  it('is who was born on another day, with the same name at the same address', () => {
    expect(compare({ birthDate: '1990-12-07' })).toEqual(different);
  });

  it('is who has another name and lives elsewhere', () => {
    expect(compare({ name: '鈴木　葵', address: '東京都' })).toEqual(different);
  });

  it('is who has another name, when the birth date is not known', () => {
    expect(compare({ name: '鈴木　葵', birthDate: null })).toEqual(different);
  });

  it('is who has a longer or shorter name, whatever was replaced in it', () => {
    const elsewhere = { address: '東京都' };
    expect(compare({ ...elsewhere, name: '松本葵子', nameSubstituted: flags('1111') })).toEqual(different);
    expect(compare({ ...elsewhere, name: '葵', nameSubstituted: flags('1') })).toEqual(different);
  });

  it('is nobody: an empty name matches no one', () => {
    expect(compare({ name: '　', address: '東京都' }, { name: ' ' })).toEqual(different);
  });

  it('does not take time with a text of absurd length', () => {
    const long = `${'一'.repeat(50_000)}丁目${'1-'.repeat(50_000)}`;
    const begun = performance.now();
    expect(compare({ name: 'あ'.repeat(100_000), address: long })).toEqual(different);
    expect(performance.now() - begun).toBeLessThan(1_000);
  });
});
