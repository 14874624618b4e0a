import { decodeCaptions } from '#lib/domain/lectures/captions-file.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

// A file, the same captions once more as text, and the rest of the form.
const FORM_MAX_BYTES = 4 * LIMITS.captionsMaxBytes;

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

/** The chosen file's text, or what stands in the box; null when there is neither, or a file that is no text. */
async function readCaptions(form: FormData, language: string, name: 'captions' | 'descriptions') {
  const file = form.get(`${name}File`);
  if (!(file instanceof File) || file.size === 0) return { text: textOf(form, name) || null };
  if (file.size > LIMITS.captionsMaxBytes)
    return { refusal: new Refusal('captions_too_large', { language }) };
  const read = decodeCaptions(await file.bytes());
  if ('text' in read) return { text: read.text };
  return { refusal: new Refusal('captions_invalid', { language, line: 1, kind: read.fault }) };
}

async function readForm(request: Request): Promise<FormData> {
  if (!(Number(request.headers.get('content-length') ?? Infinity) <= FORM_MAX_BYTES)) {
    throw new Refusal('captions_too_large', {});
  }
  return request.formData();
}

/**
 * The file of what is only to be seen, in words; null when it is to be taken away. Refused: a file that cannot be read, none at all
 * (`captions_invalid`, noCues), a form that is larger than any of ours.
 */
export async function readDescriptionsForm(request: Request) {
  const form = await readForm(request);
  const language = textOf(form, 'language');
  const read = form.has('remove') ? { text: null } : await readCaptions(form, language, 'descriptions');
  if (read.refusal) throw read.refusal;
  if (read.text === null && !form.has('remove'))
    throw new Refusal('captions_invalid', { language, line: 1, kind: 'noCues' });
  return { version: textOf(form, 'version'), language, descriptions: read.text ?? null };
}

/**
 * What the person typed and chose, as it is: it goes to the schema, and back into the form when something is refused. `refusal` is why the file of
 * captions cannot be read. Refused itself: a form that is larger than any of ours.
 */
export async function readChapterForm(request: Request) {
  const form = await readForm(request);
  const language = textOf(form, 'language');
  const captions = await readCaptions(form, language, 'captions');
  return {
    values: {
      version: textOf(form, 'version'),
      language,
      title: textOf(form, 'title'),
      videoId: textOf(form, 'videoId') || null,
      captions: captions.text ?? null,
    },
    refusal: captions.refusal ?? null,
  };
}
