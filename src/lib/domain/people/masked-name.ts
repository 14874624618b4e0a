/**
 * A name that its owner recognises and a stranger cannot use: 山田 花子 becomes 山田 花○. Of the last part the first letter stays, if there are
 * more; combining marks and variation selectors go with their letter.
 */
export function maskedName(name: string): string {
  const [, before = '', last = ''] = /^(.*?)(\S*)$/su.exec(name.trim()) ?? [];
  const letters = last.match(/\P{M}\p{M}*/gu) ?? [];
  const shown = letters.length > 1 ? letters.slice(0, 1) : [];
  return `${before}${shown.join('')}${'○'.repeat(letters.length - shown.length)}`;
}
