/** Line ends between Japanese or Chinese signs are no spaces. */
const LINE_END_WITHOUT_SPACE =
  /(?<=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])\s+(?=[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef])/g;

/** Words on one line. */
export const onOneLine = (words: string): string =>
  words.replaceAll(LINE_END_WITHOUT_SPACE, '').replaceAll(/\s+/g, ' ').trim();

/** What a cue says, without readings above characters, which would be read twice, and on one line. */
export function textOfCue(cue: VTTCue): string {
  const fragment = cue.getCueAsHTML();
  for (const reading of fragment.querySelectorAll('rt')) reading.remove();
  return onOneLine(fragment.textContent ?? '');
}
