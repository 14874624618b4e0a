import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';

export interface ProviderRequest {
  readonly method: string;
  readonly headers: Record<string, string>;
  readonly body?: ArrayBuffer | null | ReadableStream | string | Uint8Array | URLSearchParams | undefined;
}

/**
 * Asks the provider, and takes no more of it than we have time and room for: no redirect is followed, an answer larger than
 * LIMITS.providerAnswerMaxBytes is provider_answer_invalid; no answer in time, no trusted TLS, or one that says that the provider is
 * broken or busy (5xx, 429) is provider_unavailable.
 */
export async function askProvider(
  address: string,
  { method, headers, body }: ProviderRequest,
  timeoutMs: number = LIMITS.providerTimeoutMs,
): Promise<Response> {
  const signal = AbortSignal.timeout(timeoutMs);
  const isStream = body instanceof ReadableStream;
  let response: Response;
  let content: Buffer;
  try {
    response = await fetch(address, {
      ...{ method, headers, signal, redirect: 'manual' },
      ...(body !== undefined && { body: body as BodyInit | null }),
      ...(isStream && { duplex: 'half' }),
    });
    content = await readBounded(response);
  } catch (thrown) {
    if (thrown instanceof Refusal) throw thrown;
    throw new Refusal('provider_unavailable', { reason: reasonOf(thrown) });
  }
  const { status, headers: answered } = response;
  if (status >= 500 || status === 429) throw new Refusal('provider_unavailable', { status });
  const hasNoBody = status === 204 || status === 205 || status === 304;
  return new Response(hasNoBody ? null : new Uint8Array(content), { status, headers: answered });
}

async function readBounded(response: Response): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.byteLength;
    // Leaving the loop gives the rest of the body up.
    if (length > LIMITS.providerAnswerMaxBytes)
      throw new Refusal('provider_answer_invalid', { reason: 'too_large' });
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** What the operator needs to find the fault: ECONNREFUSED, CERT_HAS_EXPIRED, TimeoutError. */
function reasonOf(thrown: unknown): string {
  const fault = thrown instanceof Error && thrown.cause instanceof Error ? thrown.cause : thrown;
  if (!(fault instanceof Error)) return 'unknown';
  return 'code' in fault && typeof fault.code === 'string' ? fault.code : fault.name;
}
