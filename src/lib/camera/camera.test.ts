import { describe, expect, it } from 'vitest';
import { findCameraFault, fitPhoto } from './camera.ts';

describe('a camera that does not come', () => {
  it.each([
    ['NotAllowedError', 'denied'],
    ['NotFoundError', 'missing'],
    ['NotReadableError', 'busy'],
    ['NotSupportedError', 'unsupported'],
    ['InvalidStateError', 'failed'],
  ])('for %s is told as %s', (name, fault) => {
    expect(findCameraFault(new DOMException('', name))).toBe(fault);
  });

  it('for a reason that is none of the browser’s is told as failed', () => {
    expect(findCameraFault(new TypeError('x'))).toBe('failed');
  });
});

describe('the photo', () => {
  it('has at most 1280 pixels on its longer side and keeps its shape', () => {
    expect(fitPhoto(1920, 1080)).toEqual({ widthPx: 1280, heightPx: 720 });
    expect(fitPhoto(1080, 1920)).toEqual({ widthPx: 720, heightPx: 1280 });
  });

  it('is never enlarged', () => {
    expect(fitPhoto(640, 480)).toEqual({ widthPx: 640, heightPx: 480 });
  });
});
