import { describe, expect, it } from 'vitest';
import { canBeRetried, isMoving, statesBefore, VIDEO_STATES } from './video-states.ts';

describe('the states of a video', () => {
  it.each([
    ['waiting', ['inspecting', 'transcoding', 'packaging', 'failed', 'cancelled']],
    // From any of them: its worker may have been killed there.
    ['inspecting', ['waiting', 'inspecting', 'transcoding', 'packaging']],
    ['transcoding', ['inspecting']],
    ['packaging', ['transcoding']],
    // Nothing is published half.
    ['ready', ['packaging']],
    ['refused', ['inspecting', 'transcoding', 'packaging']],
    ['failed', ['waiting', 'inspecting', 'transcoding', 'packaging']],
    ['cancelled', ['waiting', 'inspecting', 'transcoding', 'packaging']],
  ] as const)('come to %s only out of %j', (state, before) => {
    expect(statesBefore(state)).toEqual(before);
  });

  it('end in ready and refused for good', () => {
    for (const state of VIDEO_STATES) {
      expect(statesBefore(state)).not.toContain('ready');
      expect(statesBefore(state)).not.toContain('refused');
    }
  });

  it('move until ready, refused, failed or cancelled', () => {
    expect(VIDEO_STATES.filter((state) => !isMoving(state))).toEqual([
      'ready',
      'refused',
      'failed',
      'cancelled',
    ]);
  });

  it('can be gone through again after a failure and after a stop, without a new upload', () => {
    expect(VIDEO_STATES.filter(canBeRetried)).toEqual(['failed', 'cancelled']);
  });
});
