import { expect, it } from 'vitest';
import { LECTURE_PARTS, lectureMinutes, totalMinutes } from './how-long.ts';

it.each([
  ['excellent', 30, 50],
  ['general', 60, 85],
] as const)(
  'a lecture of class %s is said to take longer than its %i minutes: about %i',
  (of, video, total) => {
    const minutes = lectureMinutes(of);
    expect(minutes.video).toBe(video);
    expect(totalMinutes(of)).toBe(total);
    expect(LECTURE_PARTS.every((part) => minutes[part] > 0)).toBe(true);
  },
);
