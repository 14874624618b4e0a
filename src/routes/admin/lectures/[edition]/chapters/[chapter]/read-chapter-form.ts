import { MAX_CHOICES } from '#lib/domain/lectures/edition.ts';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

// Two files, the same captions once more as text, and the rest of the form.
const FORM_MAX_BYTES = 6 * LIMITS.captionsMaxBytes;

export const CHOICE_ROWS = Array.from({ length: MAX_CHOICES }, (_, index) => index);

function textOf(form: FormData, name: string): string {
  const value = form.get(name);
  return typeof value === 'string' ? value.replaceAll('\r\n', '\n').trim() : '';
}

/** The chosen file's text, or what stands in the box; null when there is neither. */
async function readCaptions(form: FormData, name: string, language: 'ja' | 'en'): Promise<string | null> {
  const file = form.get(`${name}File`);
  if (!(file instanceof File) || file.size === 0) return textOf(form, name) || null;
  if (file.size > LIMITS.captionsMaxBytes) throw new Refusal('captions_too_large', { language });
  return file.text();
}

function readQuestion(form: FormData) {
  const right = textOf(form, 'right');
  const choices = CHOICE_ROWS.map((row) => ({
    textJa: textOf(form, `choiceJa${row}`),
    textEn: textOf(form, `choiceEn${row}`),
    isRight: right === String(row),
  })).filter(({ textJa, textEn }) => textJa + textEn !== '');
  const words = {
    textJa: textOf(form, 'questionJa'),
    textEn: textOf(form, 'questionEn'),
    explanationJa: textOf(form, 'explanationJa'),
    explanationEn: textOf(form, 'explanationEn'),
  };
  const isEmpty = choices.length === 0 && Object.values(words).join('') === '';
  return isEmpty ? null : { ...words, choices };
}

/** What the person typed and chose, as it is: it goes to the schema, and back into the form when something is refused. */
export async function readChapterForm(request: Request) {
  if (Number(request.headers.get('content-length') ?? Infinity) > FORM_MAX_BYTES) {
    throw new Refusal('captions_too_large', {});
  }
  const form = await request.formData();
  return {
    version: textOf(form, 'version'),
    titleJa: textOf(form, 'titleJa'),
    titleEn: textOf(form, 'titleEn'),
    videoId: textOf(form, 'videoId') || null,
    captionsJa: await readCaptions(form, 'captionsJa', 'ja'),
    captionsEn: await readCaptions(form, 'captionsEn', 'en'),
    question: readQuestion(form),
  };
}
