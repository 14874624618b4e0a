/** What every answer of ours says to the browser. `ownOrigin` has no slash at its end. */
export function answerHeaders(ownOrigin: string): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    ...(ownOrigin.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/** What every page says as well, beside its own content security policy: these mean nothing to a browser that gets data for a script. */
export function pageHeaders(ownOrigin: string): Readonly<Record<string, string>> {
  return {
    ...answerHeaders(ownOrigin),
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), picture-in-picture=()',
  };
}
