import { describe, expect, it } from 'vitest';
import { LineRefused, type PresenceAnswer } from './line.ts';
import { Presence } from './presence.svelte.ts';

const ASKED = { checkId: 'check-1', answerWithinMs: 60_000, canExtend: true };

/** A learner before the question, on a line that answers as told, and what the player hears of it. */
function askSomebody(answers: (() => PresenceAnswer)[]) {
  const heard: unknown[] = [];
  const wishes: string[] = [];
  const presence = new Presence({
    line: {
      answerPresence: async (checkId, wish) => {
        wishes.push(`${checkId} ${wish}`);
        return answers.shift()!();
      },
    },
    asked: () => heard.push('asked'),
    passed: () => heard.push('passed'),
    answered: () => heard.push('answered'),
    declined: (code, creditedMs) => heard.push([code, creditedMs]),
    forgotten: () => heard.push('forgotten'),
  });
  presence.hear(ASKED);
  return { presence, heard, wishes };
}

const fail = () => {
  throw new TypeError('Failed to fetch');
};
const refuse = (code: LineRefused['code']) => () => {
  throw new LineRefused(code);
};

describe('a learner who is asked whether he is watching', () => {
  it('stands still once, and is not asked anew by every heartbeat', () => {
    const { presence, heard } = askSomebody([]);
    presence.hear({ ...ASKED, answerWithinMs: 50_000 });
    expect(heard).toEqual(['asked']);
    expect(presence.asked).toEqual(ASKED);
  });

  it('goes on when he answers', async () => {
    const { presence, heard, wishes } = askSomebody([() => ({ outcome: 'passed', answerWithinMs: 0 })]);
    await presence.answer('pass');
    expect(heard).toEqual(['asked', 'answered', 'passed']);
    expect(wishes).toEqual(['check-1 pass']);
    expect(presence.asked).toBeNull();
  });

  it('is told how long he has when he asks for more time, and may not ask twice', async () => {
    const { presence, heard } = askSomebody([() => ({ outcome: 'waiting', answerWithinMs: 95_000 })]);
    await presence.answer('extend');
    expect(presence.isExtended).toBe(true);
    expect(presence.asked).toEqual({ ...ASKED, answerWithinMs: 95_000, canExtend: false });
    expect(heard).toEqual(['asked']);
  });

  it('who answers too late hears at once what is left of the credit, whether the viewing still lives or not', async () => {
    const { presence, heard } = askSomebody([
      () => ({ outcome: 'missed', answerWithinMs: 0, creditedMs: 12_000 }),
    ]);
    await presence.answer('pass');
    expect(heard).toEqual(['asked', ['presence_missed', 12_000]]);
    expect(presence.asked).toBeNull();
  });

  it('whose answer is not waited for any more has the lecture opened anew', async () => {
    const { presence, heard } = askSomebody([refuse('presence_not_due')]);
    await presence.answer('pass');
    expect(heard).toEqual(['asked', 'forgotten']);
    expect(presence.asked).toBeNull();
  });

  it('who is not signed in any more is told so', async () => {
    const { presence, heard } = askSomebody([refuse('not_signed_in')]);
    await presence.answer('pass');
    expect(heard).toEqual(['asked', ['not_signed_in', undefined]]);
  });

  it.each([fail, refuse('too_many_requests')])('may press again when the line fails', async (failure) => {
    const { presence, heard } = askSomebody([failure, () => ({ outcome: 'passed', answerWithinMs: 0 })]);
    await presence.answer('pass');
    expect(presence).toMatchObject({ hasFailed: true, isBusy: false, asked: ASKED });
    await presence.answer('pass');
    expect(heard).toEqual(['asked', 'answered', 'answered', 'passed']);
    expect(presence.hasFailed).toBe(false);
  });

  it('has one answer on its way, and what was said before it does not bring the question back', async () => {
    const { presence, wishes } = askSomebody([() => ({ outcome: 'passed', answerWithinMs: 0 })]);
    const answered = presence.answer('pass');
    const again = presence.answer('pass');
    presence.hear(ASKED);
    await Promise.all([answered, again]);
    presence.hear(ASKED);
    expect(wishes).toHaveLength(1);
    expect(presence.asked).toBeNull();
  });
});
