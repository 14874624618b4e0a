/** The ways in that go by a page of their own; a card file is signed on the sign-in page itself. */
export type Way = 'app' | 'cardReader';

/** What the browser says it can do. Nobody asks what it is called. */
export interface DeviceFeatures {
  /** CSS `pointer: fine`: a mouse or a touch pad is what is mainly pointed with. */
  readonly hasFinePointer: boolean;
  /** CSS `any-pointer: coarse`: there is a touch screen. */
  readonly hasTouch: boolean;
  /** The shorter side of the screen, in CSS pixels. */
  readonly shortSidePx: number;
}

/** Phones are narrower than this however they are turned; tablets and computers are not. */
const PHONE_MAX_PX = 600;

/** Whether the device is held in the hand: it can hold a card against itself, and has no reader beside it. */
export function isHandheld({ hasFinePointer, hasTouch, shortSidePx }: DeviceFeatures): boolean {
  return hasTouch && (!hasFinePointer || shortSidePx < PHONE_MAX_PX);
}

/** The ways that are offered, the one that suits the device first. Nothing known (no script yet): the app first, which most people have. */
export function orderWays(offered: readonly Way[], features: DeviceFeatures | null): Way[] {
  const first: Way = features === null || isHandheld(features) ? 'app' : 'cardReader';
  return [...offered.filter((way) => way === first), ...offered.filter((way) => way !== first)];
}
