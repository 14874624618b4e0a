export type Browser = 'edge' | 'samsung' | 'firefox' | 'chrome' | 'safari' | 'other';
export type Device = 'iphone' | 'ipad' | 'android' | 'windows' | 'mac' | 'linux' | 'other';

// The first that fits: Edge and Samsung's say Chrome too, Chrome says Safari too, browsers on iPhones say what they are in their own words.
const BROWSER_SIGNS: readonly (readonly [RegExp, Browser])[] = [
  [/\bEdg(e|A|iOS)?\//, 'edge'],
  [/\bSamsungBrowser\//, 'samsung'],
  [/\b(Firefox|FxiOS)\//, 'firefox'],
  [/\b(Chrome|Chromium|CriOS|HeadlessChrome)\//, 'chrome'],
  [/\bVersion\/[\d.]+.*\bSafari\//, 'safari'],
];

const DEVICE_SIGNS: readonly (readonly [RegExp, Device])[] = [
  [/\biPhone\b/, 'iphone'],
  [/\biPad\b/, 'ipad'],
  [/\bAndroid\b/, 'android'],
  [/\bWindows\b/, 'windows'],
  [/\bMac(intosh|_PowerPC)\b/, 'mac'],
  [/\b(Linux|X11|CrOS)\b/, 'linux'],
];

const firstOf = <T>(signs: readonly (readonly [RegExp, T])[], text: string): T | undefined =>
  signs.find(([sign]) => sign.test(text))?.[1];

/**
 * Which browser on which kind of device a User-Agent header (RFC 9110 §10.1.5) speaks of, so that people recognise their own devices.
 * For words only: nothing may be decided by it.
 */
export function browserFamily(userAgent: string): { readonly browser: Browser; readonly device: Device } {
  return {
    browser: firstOf(BROWSER_SIGNS, userAgent) ?? 'other',
    device: firstOf(DEVICE_SIGNS, userAgent) ?? 'other',
  };
}
