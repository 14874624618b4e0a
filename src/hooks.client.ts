import { dev } from '$app/environment';
import { assertIsLocale, overwriteGetLocale } from '#lib/paraglide/runtime.js';

// Built scripts speak one language (scripts/support/one-language-scripts.ts); in development they ask the page that they belong to.
if (dev) overwriteGetLocale(() => assertIsLocale(document.documentElement.lang));
