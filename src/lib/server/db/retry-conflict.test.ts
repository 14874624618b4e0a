import { describe, expect, it } from 'vitest';
import { retryConflict } from './retry-conflict.ts';

/** Fails so many times with this SQLSTATE, and then succeeds. */
function transaction(failures: number, code: string) {
  const story = { tries: 0 };
  const act = async () => {
    story.tries += 1;
    if (story.tries <= failures) throw Object.assign(new Error(code), { code });
    return 'done';
  };
  return { story, act };
}

describe('a transaction that PostgreSQL has undone for another one', () => {
  it.each(['40P01', '40001'])('is done again (%s)', async (code) => {
    const { story, act } = transaction(3, code);
    expect(await retryConflict(act)).toBe('done');
    expect(story.tries).toBe(4);
  });

  it('is given up after four tries', async () => {
    const { story, act } = transaction(9, '40P01');
    await expect(retryConflict(act)).rejects.toMatchObject({ code: '40P01' });
    expect(story.tries).toBe(4);
  });

  it('is not done again for any other reason', async () => {
    const { story, act } = transaction(1, '23505');
    await expect(retryConflict(act)).rejects.toMatchObject({ code: '23505' });
    expect(story.tries).toBe(1);
  });
});
