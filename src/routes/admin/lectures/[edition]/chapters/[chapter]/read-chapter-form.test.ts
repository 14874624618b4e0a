import iconv from 'iconv-lite';
import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { readChapterForm, readDescriptionsForm } from './read-chapter-form.ts';

const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 00:01.000\nあ';

async function send(fields: Record<string, string | File>, headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const sent = new Response(form);
  const body = await sent.arrayBuffer();
  const type = sent.headers.get('content-type') ?? '';
  return new Request('http://localhost/', {
    method: 'POST',
    body,
    headers: { 'content-type': type, 'content-length': String(body.byteLength), ...headers },
  });
}

const read = async (...form: Parameters<typeof send>) => readChapterForm(await send(...form));

describe('the form of a chapter in a language', () => {
  it('that is empty says nothing', async () => {
    expect(await read({ version: '1', language: 'ja' })).toEqual({
      values: { version: '1', language: 'ja', title: '', videoId: null, captions: null },
      refusal: null,
    });
  });

  it('has captions of a file rather than of the box', async () => {
    const captionsFile = new File([CAPTIONS], 'ja.vtt');
    expect(await read({ captions: 'old', captionsFile })).toMatchObject({ values: { captions: CAPTIONS } });
    const nothingChosen = new File([], '');
    const pasted = CAPTIONS.replaceAll('\n', '\r\n');
    expect(await read({ captions: pasted, captionsFile: nothingChosen })).toMatchObject({
      values: { captions: CAPTIONS },
    });
  });

  it('keeps what was typed when the file is too large or no UTF-8, and says which', async () => {
    const large = new File(['x'.repeat(LIMITS.captionsMaxBytes + 1)], 'en.vtt');
    const typed = { language: 'en', title: 'Typed' };
    expect(await read({ ...typed, captionsFile: large })).toMatchObject({
      values: { title: 'Typed', captions: null },
      refusal: { code: 'captions_too_large', detail: { language: 'en' } },
    });
    const shiftJis = new File([Uint8Array.from(iconv.encode(CAPTIONS, 'shift_jis'))], 'ja.vtt');
    expect(await read({ ...typed, captionsFile: shiftJis })).toMatchObject({
      values: { title: 'Typed' },
      refusal: { code: 'captions_invalid', detail: { kind: 'shiftJis' } },
    });
  });

  it('is refused when it is larger than any', async () => {
    await expect(read({}, { 'content-length': String(99 * LIMITS.captionsMaxBytes) })).rejects.toMatchObject({
      code: 'captions_too_large',
    });
  });
});

describe('the form of what is only to be seen, in words', () => {
  const describing = async (...form: Parameters<typeof send>) => readDescriptionsForm(await send(...form));
  const sent = { version: '1', language: 'ja' };

  it('has the words of the file', async () => {
    const descriptionsFile = new File([CAPTIONS], 'ja.vtt');
    expect(await describing({ ...sent, descriptionsFile })).toEqual({ ...sent, descriptions: CAPTIONS });
  });

  it('takes them away when that is pressed, whatever file is chosen', async () => {
    const descriptionsFile = new File([CAPTIONS], 'ja.vtt');
    expect(await describing({ ...sent, remove: 'yes', descriptionsFile })).toEqual({
      ...sent,
      descriptions: null,
    });
  });

  it.each([
    ['no file', new File([], ''), 'noCues'],
    [
      'a file in Shift JIS',
      new File([new Uint8Array(iconv.encode(CAPTIONS, 'shift_jis'))], 'ja.vtt'),
      'shiftJis',
    ],
  ])('is refused with %s', async (_, descriptionsFile, kind) => {
    await expect(describing({ ...sent, descriptionsFile })).rejects.toMatchObject({
      code: 'captions_invalid',
      detail: { kind },
    });
  });
});
