import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { givenTextWithRuby, PAGES_WITH_RUBY, textWithRuby, withRuby } from './ruby.ts';

/** 講習(こうしゅう): the readings in brackets, to be read here. */
const inBrackets = (html: string) =>
  html.replaceAll(
    /<ruby>(.*?)<rt aria-hidden="true">(.*?)<\/rt><\/ruby>/g,
    (_all, base: string, reading: string) => `${base}(${reading})`,
  );
const read = (text: string) => inBrackets(textWithRuby(text));

describe('readings stand', () => {
  it.each([
    ['更新時講習を受ける', '更新(こうしん)時(じ)講習(こうしゅう)を受(う)ける'],
    ['オンラインでは行っていません', 'オンラインでは行(おこな)っていません'],
    ['警察署へ行きます', '警察署(けいさつしょ)へ行(い)きます'],
    ['お住まいの市区町村', 'お住(す)まいの市区町村(しくちょうそん)'],
    ['優良(30分)・一般(60分)', '優良(ゆうりょう)(30分(ぷん))・一般(いっぱん)(60分(ぷん))'],
    ['あと5分、3回', 'あと5分(ふん)、3回(かい)'],
    ['2026年(令和8年)11月20日', '2026年(ねん)(令和(れいわ)8年(ねん))11月(がつ)20日(はつか)'],
    ['11月22日', '11月(がつ)22日(にち)'],
    ['11月24日(火)', '11月(がつ)24日(にじゅうよっか)(火(か))'],
    ['分けて、分かります', '分(わ)けて、分(わ)かります'],
    ['サインイン中の端末', 'サインイン中(ちゅう)の端末(たんまつ)'],
    ['更新の日に', '更新(こうしん)の日(ひ)に'],
    [
      '宮城県公安委員会 運転免許の窓口',
      '宮城県(みやぎけん)公安委員会(こうあんいいんかい) 運転(うんてん)免許(めんきょ)の窓口(まどぐち)',
    ],
  ])('above the kanji of %s', (text, expected) => {
    expect(read(text)).toBe(expected);
  });

  it('above no name that the table does not have as a whole', () => {
    expect(read('山田 太郎さん')).toBe('山田 太郎さん');
    expect(read('上田次郎')).toBe('上田次郎');
    expect(read('今 一般 さん')).toBe('今 一般 さん');
  });
});

describe('what a lecture says', () => {
  it.each([
    ['一時停止の場所では?', '一時停止(いちじていし)の場所(ばしょ)では?'],
    ['3人が行って、上の人が5分の1', '3人が行って、上の人が5分の1'],
    ['11月24日(火)の安全運転', '11月24日(火)の安全(あんぜん)運転(うんてん)'],
    ['高速道路での運転中', '高速道路での運転中'],
  ])('has readings only where there is one way to read: %s', (text, expected) => {
    expect(inBrackets(givenTextWithRuby(text))).toBe(expected);
  });

  it('is known by its own language, beside the words of the page', () => {
    expect(
      inBrackets(
        withRuby('<html lang="ja"><p>行きます<bdi lang="ja" dir="ltr">行って<i>講習</i></bdi>上</p>'),
      ),
    ).toBe(
      '<html lang="ja"><p><span>行(い)きます</span><bdi lang="ja" dir="ltr">行って<i><span>講習(こうしゅう)</span></i></bdi><span>上(うえ)</span></p>',
    );
  });
});

describe('a page with readings', () => {
  it('keeps its titles, attributes, fields, scripts and what is said in another language', () => {
    for (const html of [
      '<title>講習</title>',
      '<p class="講習 [&>a]:x" aria-label="講習"></p>',
      '<textarea>講習</textarea><select><option>講習</option></select>',
      '<script>"講習"</script><style>/* 講習 */</style><!-- 講習 -->',
      '<span lang="zh">更新<span>時</span>講習</span>',
      '<b translate="no">中 方</b>',
      '<svg><text>講習</text></svg>',
      '<div data-chapter="{&quot;a&quot;:1}"><p>講習</p><div>更新</div></div>',
      '1 < 2',
    ]) {
      expect(withRuby(html)).toBe(html);
    }
  });

  it('has them in its text, in buttons and after what was left alone', () => {
    expect(withRuby('<p lang="zh">中</p><html lang="ja"><button title="講習">講習</button>')).toBe(
      '<p lang="zh">中</p><html lang="ja"><button title="講習"><span><ruby>講習<rt aria-hidden="true">こうしゅう</rt></ruby></span></button>',
    );
  });

  it('is written at once, however long it is', () => {
    const before = performance.now();
    withRuby('<p>講習'.repeat(20_000) + '<'.repeat(20_000));
    expect(performance.now() - before).toBeLessThan(2_000);
  });

  it('is one on which nothing runs', () => {
    const routes = path.join(import.meta.dirname, '../../routes');
    const says = (route: string, file: string) => {
      try {
        return readFileSync(path.join(routes, route, file), 'utf8').includes('csr = false');
      } catch {
        return false;
      }
    };
    const runs = [...PAGES_WITH_RUBY].filter(
      (route) => !says(route, '+page.ts') && !says(route, '+page.server.ts'),
    );
    expect(runs).toEqual([]);
  });
});
