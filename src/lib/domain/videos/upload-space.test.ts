import { describe, expect, it } from 'vitest';
import { missingSpaceBytes } from './upload-space.ts';

const GB = 1024 ** 3;
const oneDisk = (storeBytes: number) => ({ storeBytes, workBytes: storeBytes, isOneDisk: true });

describe('the space for an upload', () => {
  it('is the file, the video while it is made and when it is kept, and 2 GiB for everything else', () => {
    const need = { bytes: 3 * GB, promisedBytes: 0 };
    expect(missingSpaceBytes(need, oneDisk(11 * GB))).toBe(0);
    expect(missingSpaceBytes(need, oneDisk(10 * GB))).toBe(GB);
  });

  it('is not given away twice: what others have announced counts', () => {
    expect(missingSpaceBytes({ bytes: 3 * GB, promisedBytes: 20 * GB }, oneDisk(11 * GB))).toBe(20 * GB);
  });

  it('of a camera file is not doubled by a video that is never so large', () => {
    expect(missingSpaceBytes({ bytes: 20 * GB, promisedBytes: 0 }, oneDisk(46 * GB))).toBe(0);
    expect(missingSpaceBytes({ bytes: 20 * GB, promisedBytes: 0 }, oneDisk(45 * GB))).toBe(GB);
  });

  it('is looked for on both disks when the worker has its own', () => {
    const need = { bytes: 3 * GB, promisedBytes: 0 };
    const free = { storeBytes: 8 * GB, workBytes: 5 * GB, isOneDisk: false };
    expect(missingSpaceBytes(need, free)).toBe(0);
    expect(missingSpaceBytes(need, { ...free, workBytes: 4 * GB })).toBe(GB);
    expect(missingSpaceBytes(need, { ...free, storeBytes: 7 * GB })).toBe(GB);
  });

  it('is there for a small file on a disk that is not full, and never on a full one', () => {
    expect(missingSpaceBytes({ bytes: 1, promisedBytes: 0 }, oneDisk(3 * GB))).toBe(0);
    expect(missingSpaceBytes({ bytes: 1, promisedBytes: 0 }, oneDisk(0))).toBeGreaterThan(2 * GB);
  });
});
