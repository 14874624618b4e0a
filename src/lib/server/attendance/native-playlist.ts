export interface NativePlaylist {
  /** The rendition's playlist as everybody may fetch it. */
  readonly whole: string;
  /** Where the rendition's files are. */
  readonly mediaUrl: string;
  /** Where this viewing's keys are. */
  readonly keysUrl: string;
  /** So many segments, counted from the first, may be shown. */
  readonly segmentCount: number;
}

/**
 * The playlist of one rendition with nothing but the segments that are released (RFC 8216 §4.3.3.5, EVENT): it only ever grows, and ends
 * when all of the chapter is released. Keys are this viewing's own; segments are everybody's ciphertext.
 */
export function writeNativePlaylist(wanted: NativePlaylist): string {
  const { whole, mediaUrl, keysUrl, segmentCount } = wanted;
  const written: string[] = [];
  let listed = 0;
  let isComplete = true;
  for (const line of whole.split('\n')) {
    if (line === '#EXT-X-ENDLIST' || line === '') continue;
    if (line.startsWith('#EXT-X-KEY') && listed === segmentCount) {
      isComplete = false;
      break;
    }
    if (line === '#EXT-X-PLAYLIST-TYPE:VOD') {
      // Without it a player would begin near the end, as in a broadcast (RFC 8216 §6.3.3). Lines that were there may not change.
      written.push('#EXT-X-PLAYLIST-TYPE:EVENT', '#EXT-X-START:TIME-OFFSET=0,PRECISE=YES');
    } else if (line.startsWith('#')) {
      written.push(
        line.replace('URI="key/', `URI="${keysUrl}/`).replace('URI="init', `URI="${mediaUrl}/init`),
      );
    } else {
      listed += 1;
      written.push(`${mediaUrl}/${line}`);
    }
  }
  if (isComplete) written.push('#EXT-X-ENDLIST');
  return `${written.join('\n')}\n`;
}
