import { describe, expect, it } from 'vitest';
import { LIMITS } from '#lib/domain/limits.ts';
import { readChapterForm } from './read-chapter-form.ts';

const CAPTIONS = 'WEBVTT\n\n00:00.000 --> 00:01.000\nあ';

async function read(fields: Record<string, string | File>, headers: Record<string, string> = {}) {
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) form.set(name, value);
  const sent = new Response(form);
  const body = await sent.arrayBuffer();
  const type = sent.headers.get('content-type') ?? '';
  return readChapterForm(
    new Request('http://localhost/', {
      method: 'POST',
      body,
      headers: { 'content-type': type, 'content-length': String(body.byteLength), ...headers },
    }),
  );
}

describe('the form of a chapter in a language', () => {
  it('that is empty says nothing', async () => {
    expect(await read({ version: '1', language: 'ja' })).toEqual({
      ...{ version: '1', language: 'ja', title: '', videoId: null, captions: null },
    });
  });

  it('has captions of a file rather than of the box', async () => {
    const captionsFile = new File([CAPTIONS], 'ja.vtt');
    expect(await read({ captions: 'old', captionsFile })).toMatchObject({ captions: CAPTIONS });
    const nothingChosen = new File([], '');
    const pasted = CAPTIONS.replaceAll('\n', '\r\n');
    expect(await read({ captions: pasted, captionsFile: nothingChosen })).toMatchObject({
      captions: CAPTIONS,
    });
  });

  it('is refused when it is too large', async () => {
    const large = new File(['x'.repeat(LIMITS.captionsMaxBytes + 1)], 'en.vtt');
    const refused = { code: 'captions_too_large' };
    await expect(read({ language: 'en', captionsFile: large })).rejects.toMatchObject({
      ...refused,
      detail: { language: 'en' },
    });
    await expect(read({}, { 'content-length': String(99 * LIMITS.captionsMaxBytes) })).rejects.toMatchObject(
      refused,
    );
  });
});
