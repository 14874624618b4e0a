import { describe, expect, it } from 'vitest';
import { isMoving, statesBefore, VIDEO_STATES } from './lifecycle.ts';

describe('the states of a video', () => {
  it('is ready only out of packaging: nothing is published half', () => {
    expect(statesBefore('ready')).toEqual(['packaging']);
  });

  it('never leaves ready or refused', () => {
    for (const state of VIDEO_STATES) {
      expect(statesBefore(state)).not.toContain('ready');
      expect(statesBefore(state)).not.toContain('refused');
    }
  });

  it('is taken up from the beginning when a worker was killed in the middle', () => {
    expect(statesBefore('inspecting')).toEqual(['waiting', 'inspecting', 'transcoding', 'packaging']);
  });

  it('goes back to waiting when somebody asks for another try after a failure', () => {
    expect(statesBefore('waiting')).toContain('failed');
  });

  it('moves until it is ready, refused or failed', () => {
    expect(VIDEO_STATES.filter((state) => !isMoving(state))).toEqual(['ready', 'refused', 'failed']);
  });
});
