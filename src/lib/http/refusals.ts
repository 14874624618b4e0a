import { error, fail, json, type ActionFailure } from '@sveltejs/kit';
import { learnerRefusal, type Help } from '#lib/domain/learner-refusals.ts';
import { Refusal, type RefusalCode, type RefusalDetail } from '#lib/domain/refusal.ts';
import { m } from '#lib/paraglide/messages.js';

/** What a page gets of a refusal: the code for support calls, and the words. */
export interface RefusalView {
  readonly code: RefusalCode;
  /** What happened. */
  readonly message: string;
  /** For what learners meet: that nothing was lost, what to do now, whom to turn to. */
  readonly advice: { readonly kept: string; readonly next: string; readonly help: Help } | null;
}

type Status = 400 | 401 | 403 | 404 | 409 | 410 | 413 | 415 | 422 | 429 | 503 | 507;

/** HTTP status by code (RFC 9110 §15); 422 is 'understood, but not so'. */
const STATUS: Partial<Record<RefusalCode, Status>> = {
  malformed: 400,
  not_found: 404,
  record_not_found: 404,
  look_reason_required: 403,
  not_signed_in: 401,
  session_over: 401,
  not_allowed: 403,
  cross_site: 403,
  certificate_missing: 401,
  officer_disabled: 403,
  officer_exists: 409,
  office_exists: 409,
  officer_is_oneself: 409,
  card_not_linked: 403,
  provider_unavailable: 503,
  first_link_over: 410,
  first_link_used: 409,
  first_link_already_decided: 409,
  first_link_changed_meanwhile: 409,
  first_link_signature_too_large: 413,
  too_many_requests: 429,
  challenge_expired: 410,
  hand_over_over: 410,
  invitation_invalid: 410,
  revocation_unavailable: 503,
  viewing_superseded: 409,
  viewing_closed: 409,
  viewing_expired: 409,
  out_of_sequence: 409,
  already_answered: 409,
  record_already_decided: 409,
  record_already_used: 409,
  record_changed_meanwhile: 409,
  correction_not_newest: 409,
  nothing_to_correct: 409,
  supervisor_required: 403,
  conflict_already_resolved: 409,
  edition_changed_meanwhile: 409,
  video_not_moving: 409,
  edition_not_draft: 409,
  edition_move_impossible: 409,
  other_edition_scheduled: 409,
  photo_too_large: 413,
  upload_too_large: 413,
  upload_no_space: 507,
  import_too_large: 413,
  captions_too_large: 413,
  photo_not_an_image: 415,
  photo_upload_not_allowed: 403,
};

export function refusalStatus(code: RefusalCode): Status {
  return STATUS[code] ?? 422;
}

/** The words for a refusal in the language of this request. A code without words does not compile. */
export function refusalMessage(code: RefusalCode, detail: RefusalDetail = {}): string {
  const words: (inputs: never) => string = m[`refusal_${code}`];
  return words(detail as never);
}

function adviceOf({ code, detail }: Refusal): RefusalView['advice'] {
  const parts = learnerRefusal(code);
  if (!parts) return null;
  const next: (inputs: never) => string = m[`refusal_next_${parts.next}`];
  return { kept: m[`refusal_kept_${parts.kept}`](), next: next(detail as never), help: parts.help };
}

export function viewRefusal(refusal: Refusal): RefusalView {
  const { code, detail } = refusal;
  return { code, message: refusalMessage(code, detail), advice: adviceOf(refusal) };
}

/** Ends the request with the error page of this refusal: its status and all of its words. */
export function refuseWithPage(refusal: Refusal): never {
  const view = viewRefusal(refusal);
  error(refusalStatus(refusal.code), { message: view.message, refusal: view });
}

/** For form actions: a refusal becomes `form.refusal` on the page that asked; a fault stays a fault. */
export async function attempt<T>(
  act: () => Promise<T>,
): Promise<T | ActionFailure<{ refusal: RefusalView }>> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof Refusal) return fail(refusalStatus(thrown.code), { refusal: viewRefusal(thrown) });
    throw thrown;
  }
}

/** For load functions and endpoints: a refusal becomes an error page with its status and words. */
export async function orErrorPage<T>(act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (thrown) {
    if (thrown instanceof Refusal) refuseWithPage(thrown);
    throw thrown;
  }
}

/** For endpoints that scripts call: a refusal becomes `{ refusal: { code, message } }` with its status. */
export async function orRefusalJson(act: () => Promise<Response>): Promise<Response> {
  try {
    return await act();
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown;
    return json({ refusal: viewRefusal(thrown) }, { status: refusalStatus(thrown.code) });
  }
}
