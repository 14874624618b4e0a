import type { Browser, Device } from '#lib/domain/people/browser-family.ts';
import { m } from '#lib/paraglide/messages.js';
import type { SessionMethod } from '#lib/server/sessions/session-method.ts';

const BROWSERS: Readonly<Record<Browser, () => string>> = {
  edge: m.sessions_browser_edge,
  samsung: m.sessions_browser_samsung,
  firefox: m.sessions_browser_firefox,
  chrome: m.sessions_browser_chrome,
  safari: m.sessions_browser_safari,
  other: m.sessions_browser_other,
};

const DEVICES: Readonly<Record<Device, () => string>> = {
  iphone: m.sessions_device_iphone,
  ipad: m.sessions_device_ipad,
  android: m.sessions_device_android,
  windows: m.sessions_device_windows,
  mac: m.sessions_device_mac,
  linux: m.sessions_device_linux,
  other: m.sessions_device_other,
};

const METHODS: Readonly<Record<SessionMethod, () => string>> = {
  challenge: m.sessions_way_challenge,
  tls: m.sessions_way_tls,
  oidc: m.sessions_way_oidc,
  passkey: m.sessions_way_passkey,
};

export const browserWords = (browser: Browser): string => BROWSERS[browser]();
export const deviceWords = (device: Device): string => DEVICES[device]();
export const methodWords = (method: SessionMethod): string => METHODS[method]();
