import type { Step } from '#lib/domain/attendance/steps.ts';

/** Where the step that comes next is done. */
export function stepAddress(step: Step): string {
  switch (step.kind) {
    case 'watch':
    case 'question':
    case 'photo':
      return `/lecture/${step.chapterId}/${step.kind}`;
    case 'survey':
      return '/survey';
    case 'done':
      return '/record';
  }
}
