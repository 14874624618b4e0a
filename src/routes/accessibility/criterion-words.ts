import { m } from '#lib/paraglide/messages.js';

/** The criteria that WCAG 2.2 added and no program can check alone. */
const WORDS: Readonly<Record<string, () => string>> = {
  '2.4.11': m.access_criterion_focus,
  '2.5.7': m.access_criterion_dragging,
  '2.5.8': m.access_criterion_target,
  '3.2.6': m.access_criterion_help,
  '3.3.7': m.access_criterion_redundant,
  '3.3.8': m.access_criterion_authentication,
};

export const criterionWords = (criterion: string): string => WORDS[criterion]?.() ?? '';
