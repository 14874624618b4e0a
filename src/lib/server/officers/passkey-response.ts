import { z } from 'zod';

const RESPONSE_MAX_LENGTH = 16_384;
const base64url = z.string().regex(/^[\w-]+$/);

const credential = {
  id: base64url,
  rawId: base64url,
  type: z.literal('public-key'),
  authenticatorAttachment: z.enum(['platform', 'cross-platform']).optional().catch(undefined),
  // Nothing is asked of extensions, so nothing is read of them.
  clientExtensionResults: z.unknown().transform(() => ({})),
};

/** A hidden field of a form carries the answer of the browser's authenticator as JSON. */
function fromJson<S extends z.ZodType>(schema: S) {
  const parse = z
    .string()
    .max(RESPONSE_MAX_LENGTH)
    .transform((text, context) => {
      try {
        return JSON.parse(text) as unknown;
      } catch {
        context.addIssue({ code: 'custom', message: 'not JSON' });
        return z.NEVER;
      }
    });
  return parse.pipe(schema);
}

export const PasskeyRegistration = z.object({
  challengeId: z.uuid(),
  response: fromJson(
    z.object({
      ...credential,
      response: z.object({
        clientDataJSON: base64url,
        attestationObject: base64url,
        transports: z.array(z.string().max(20)).max(10).default([]),
      }),
    }),
  ),
});

export const PasskeySignIn = z.object({
  challengeId: z.uuid(),
  response: fromJson(
    z.object({
      ...credential,
      response: z.object({ clientDataJSON: base64url, authenticatorData: base64url, signature: base64url }),
    }),
  ),
});
