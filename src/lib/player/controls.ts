/** What the buttons over the picture do to the video element, as far as browsers differ about it. */

/** iPhones know a full screen of the video element alone (WebKit, before the Fullscreen API). */
type WebkitVideo = HTMLVideoElement & { webkitEnterFullscreen?: () => void };

/** The frame, so that what stands over the picture stays there; on an iPhone the picture alone. */
export function toggleFullscreen(frame: HTMLElement, video: WebkitVideo): void {
  if (document.fullscreenElement) void document.exitFullscreen();
  else if ('requestFullscreen' in frame) frame.requestFullscreen().catch(() => undefined);
  else video.webkitEnterFullscreen?.();
}

/** Minutes and seconds as players write them: 0:05, 12:30. */
export function clockTime(seconds: number): string {
  const whole = Math.max(0, Math.floor(seconds));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, '0')}`;
}

/** The captions in a language, or the first ones there are. */
export function findCaptions({ textTracks }: HTMLVideoElement, language: string): TextTrack | undefined {
  const tracks = [...textTracks].filter(({ kind }) => kind === 'captions');
  return tracks.find((track) => track.language === language) ?? tracks[0];
}

/** What a key does while the player has the focus; null: nothing of ours. Space and Enter on a button are the button's. */
export function actionOfKey({
  key,
  ctrlKey,
  altKey,
  metaKey,
  target,
}: KeyboardEvent): 'play' | 'back' | 'mute' | 'captions' | 'fullscreen' | null {
  if (ctrlKey || altKey || metaKey || target instanceof HTMLInputElement) return null;
  switch (key.toLowerCase()) {
    case ' ':
      return target instanceof HTMLButtonElement ? null : 'play';
    case 'k':
      return 'play';
    case 'arrowleft':
    case 'j':
      return 'back';
    case 'm':
      return 'mute';
    case 'c':
      return 'captions';
    case 'f':
      return 'fullscreen';
    default:
      return null;
  }
}
