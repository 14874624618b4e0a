import { describe, expect, it } from 'vitest';
import { isForeign } from './cross-site.ts';

const OWN = 'https://koshu.example';
const post = (headers: { origin?: string; site?: string }, method = 'POST') =>
  isForeign({ method, origin: headers.origin ?? null, site: headers.site ?? null }, OWN);

describe('a request that may change something', () => {
  it('is ours when it comes from our own page', () => {
    expect(post({ origin: OWN, site: 'same-origin' })).toBe(false);
    expect(post({ origin: OWN })).toBe(false);
    expect(post({ site: 'same-origin' })).toBe(false);
    expect(post({})).toBe(false);
  });

  it.each([
    'https://evil.example',
    'http://koshu.example',
    'https://koshu.example:8443',
    'https://www.koshu.example',
    'https://koshu.example.evil.example',
    'https://KOSHU.example',
    'https://koshu.example/',
    'null',
    '',
  ])('is foreign from %j', (origin) => {
    expect(post({ origin })).toBe(true);
    expect(post({ origin, site: 'same-origin' })).toBe(true);
  });

  it.each(['cross-site', 'same-site', 'none', '', 'Same-Origin', 'same-origin, cross-site'])(
    'is foreign when the browser says %j',
    (site) => expect(post({ origin: OWN, site })).toBe(true),
  );

  it.each(['PUT', 'PATCH', 'DELETE', 'post', 'GETX', ''])(
    'is judged by any method but the safe ones: %j',
    (method) => expect(post({ origin: 'https://evil.example' }, method)).toBe(true),
  );
});

it.each(['GET', 'HEAD', 'OPTIONS'])('%s may come from a link on another site', (method) =>
  expect(post({ origin: 'https://evil.example', site: 'cross-site' }, method)).toBe(false),
);
