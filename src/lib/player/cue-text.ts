/** What a cue says, without readings above characters, which would be read twice, and on one line. */
export function textOfCue(cue: VTTCue): string {
  const fragment = cue.getCueAsHTML();
  for (const reading of fragment.querySelectorAll('rt')) reading.remove();
  return (fragment.textContent ?? '').replaceAll(/\s+/g, ' ').trim();
}
