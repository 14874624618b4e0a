/** What every answer of ours says to the browser, beside a page's own content security policy. `ownOrigin` has no slash at its end. */
export function securityHeaders(ownOrigin: string): Readonly<Record<string, string>> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(self), microphone=(), geolocation=(), picture-in-picture=()',
    ...(ownOrigin.startsWith('https:') && { 'strict-transport-security': 'max-age=31536000' }),
  };
}
