import { describe, expect, it } from 'vitest';
import { MAX_CHAPTERS } from './edition.ts';
import { findTakeOverFault } from './take-over.ts';

const chapters = (...origins: (string | null)[]) => origins.map((originChapterId) => ({ originChapterId }));

describe('a national chapter', () => {
  it('may be taken over among own chapters and others', () => {
    expect(findTakeOverFault({ isNational: false, chapters: chapters(null, 'a') }, 'b')).toBeNull();
  });

  it('may be taken over once', () => {
    expect(findTakeOverFault({ isNational: false, chapters: chapters('b', null) }, 'b')).toBe(
      'chapter_there_already',
    );
  });

  it('finds no place in a full edition, nor in one of the national library', () => {
    const full = chapters(...Array<null>(MAX_CHAPTERS).fill(null));
    expect(findTakeOverFault({ isNational: false, chapters: full }, 'b')).toBe('malformed');
    expect(findTakeOverFault({ isNational: true, chapters: [] }, 'b')).toBe('not_allowed');
  });
});
