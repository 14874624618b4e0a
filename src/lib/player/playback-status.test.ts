import { describe, expect, it } from 'vitest';
import { CLOSED_LINE, findPlaybackStatus } from './playback-status.ts';

const OPEN = { ...CLOSED_LINE, phase: 'open' } as const;

describe('what the person is told', () => {
  it('is nothing before the first press', () => {
    expect(findPlaybackStatus(CLOSED_LINE, 'empty')).toBe('idle');
  });

  it('is what the video does, when all is well', () => {
    expect(findPlaybackStatus(OPEN, 'empty')).toBe('ready');
    expect(findPlaybackStatus(OPEN, 'playing')).toBe('playing');
    expect(findPlaybackStatus({ ...OPEN, phase: 'dormant' }, 'paused')).toBe('paused');
  });

  it('is the broken line before everything that a line would mend', () => {
    expect(findPlaybackStatus({ ...OPEN, isLineBroken: true }, 'paused')).toBe('offline');
    expect(findPlaybackStatus({ ...OPEN, isLineBroken: true }, 'ended')).toBe('offline');
    expect(findPlaybackStatus({ ...OPEN, phase: 'opening', isLineBroken: true }, 'waiting')).toBe('offline');
  });

  it('is nothing of a broken line as long as the pictures move', () => {
    expect(findPlaybackStatus({ ...OPEN, isLineBroken: true }, 'playing')).toBe('playing');
  });

  it('is 確認中 after the last picture, until the chapter is watched', () => {
    expect(findPlaybackStatus(OPEN, 'ended')).toBe('confirming');
    expect(findPlaybackStatus({ ...OPEN, phase: 'watched' }, 'ended')).toBe('watched');
  });

  it('is the other device, whatever the video does', () => {
    expect(findPlaybackStatus({ ...OPEN, phase: 'superseded' }, 'playing')).toBe('superseded');
  });
});
