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
