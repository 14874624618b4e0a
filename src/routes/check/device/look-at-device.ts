import type { DeviceFeatures } from './is-handheld.ts';

/** What the player asks for: H.264 and AAC in fragmented MP4, as the lectures are made. */
const LECTURE_TYPE = 'video/mp4; codecs="avc1.64001f,mp4a.40.2"';
const HLS_TYPE = 'application/vnd.apple.mpegurl';

/** What the browser has, as far as the lecture needs it. Nobody asks what it is called. */
export interface Findings {
  /** Media Source Extensions in either form, or a player of its own for HLS. */
  readonly canPlay: boolean;
  /** Cookies, and the means to sign with a card file. */
  readonly canSignIn: boolean;
  readonly hasCameraInterface: boolean;
  readonly handheld: DeviceFeatures;
  /** The person has told the device to save data. */
  readonly savesData: boolean;
}

interface MediaSourceInterface {
  isTypeSupported(type: string): boolean;
}

type Global = typeof globalThis & {
  readonly MediaSource?: MediaSourceInterface;
  readonly ManagedMediaSource?: MediaSourceInterface;
};

function canPlayLecture(scope: Global): boolean {
  const sources = [scope.MediaSource, scope.ManagedMediaSource];
  if (sources.some((source) => source?.isTypeSupported(LECTURE_TYPE) === true)) return true;
  return document.createElement('video').canPlayType(HLS_TYPE) !== '';
}

interface NetworkInformation {
  readonly saveData?: boolean;
}

/** Looks, and asks for nothing: no permission, no byte. */
export function lookAtDevice(): Findings {
  const matches = (query: string) => window.matchMedia(query).matches;
  const { connection } = navigator as Navigator & { readonly connection?: NetworkInformation };
  return {
    canPlay: canPlayLecture(globalThis),
    canSignIn: navigator.cookieEnabled && 'subtle' in crypto,
    hasCameraInterface: 'mediaDevices' in navigator,
    handheld: {
      hasFinePointer: matches('(pointer: fine)'),
      hasTouch: matches('(any-pointer: coarse)'),
      shortSidePx: Math.min(window.screen.width, window.screen.height),
    },
    savesData: connection?.saveData === true,
  };
}

interface BatteryManager {
  readonly charging: boolean;
  /** 0 to 1. */
  readonly level: number;
}

/** How full the battery is, in per cent; null where the browser does not say, or it is being charged. */
export async function batteryPercent(): Promise<number | null> {
  const { getBattery } = navigator as Navigator & { readonly getBattery?: () => Promise<BatteryManager> };
  const battery = await getBattery?.call(navigator).catch(() => null);
  return battery && !battery.charging ? Math.round(battery.level * 100) : null;
}
