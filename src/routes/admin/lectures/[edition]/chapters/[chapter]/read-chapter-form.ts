import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

// A file, the same captions once more as text, and the rest of the form.
const FORM_MAX_BYTES = 4 * LIMITS.captionsMaxBytes;

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

/** The chosen file's text, or what stands in the box; null when there is neither. */
async function readCaptions(form: FormData, language: string): Promise<string | null> {
  const file = form.get('captionsFile');
  if (!(file instanceof File) || file.size === 0) return textOf(form, 'captions') || null;
  if (file.size > LIMITS.captionsMaxBytes) throw new Refusal('captions_too_large', { language });
  return file.text();
}

/** What the person typed and chose, as it is: it goes to the schema, and back into the form when something is refused. */
export async function readChapterForm(request: Request) {
  if (!(Number(request.headers.get('content-length') ?? Infinity) <= FORM_MAX_BYTES)) {
    throw new Refusal('captions_too_large', {});
  }
  const form = await request.formData();
  const language = textOf(form, 'language');
  return {
    version: textOf(form, 'version'),
    language,
    title: textOf(form, 'title'),
    videoId: textOf(form, 'videoId') || null,
    captions: await readCaptions(form, language),
  };
}
