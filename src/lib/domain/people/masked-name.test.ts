import { expect, it } from 'vitest';
import { maskedName } from './masked-name.ts';

it.each([
  ['山田 花子', '山田 花○'],
  ['鈴木 誠', '鈴木 ○'],
  ['木村 さくら', '木村 さ○○'],
  ['髙橋\u3000昭子', '髙橋\u3000昭○'],
  ['辻\u{E0100} 一郎', '辻\u{E0100} 一○'],
  ['渡邉 花\u{E0101}子', '渡邉 花\u{E0101}○'],
  ['𠮷田 𠮷', '𠮷田 ○'],
  ['MARIA JOSE SMITH', 'MARIA JOSE S○○○○'],
  ['林', '○'],
  ['金城', '金○'],
  ['', ''],
  ['  ', ''],
])('of %j shows %j', (name, masked) => expect(maskedName(name)).toBe(masked));
