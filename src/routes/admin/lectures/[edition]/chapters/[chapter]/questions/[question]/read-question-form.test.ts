import { expect, it } from 'vitest';
import { readQuestionForm } from './read-question-form.ts';

function read(fields: Record<string, string>) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  return readQuestionForm(form).question;
}

it('reads the words of each language that the form has', () => {
  expect(read({ 'text-ja': '問', 'explanation-ja': '解', 'text-ur': '', 'text-xx': 'x' })).toEqual({
    words: { ja: { text: '問', explanation: '解' }, ur: { text: '', explanation: '' } },
    choices: [],
  });
});

it('has the choices that are written in some language, and which of them is right', () => {
  const both = { 'text-ja': '', 'text-en': '' };
  expect(read({ ...both, right: '2', 'choice0-ja': 'い', 'choice2-en': 'c' }).choices).toEqual([
    { texts: { ja: 'い', en: '' }, isRight: false },
    { texts: { ja: '', en: 'c' }, isRight: true },
  ]);
});
