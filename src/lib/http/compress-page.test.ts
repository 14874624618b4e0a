import { gunzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { compressPage } from './compress-page.ts';

const HTML = '<p>修了記録</p>'.repeat(100);
const page = (headers: Record<string, string> = {}) =>
  new Response(HTML, {
    headers: { 'content-type': 'text/html', etag: '"abc"', 'content-length': '1', ...headers },
  });
const asking = (encoding: string) =>
  new Request('http://localhost/', { headers: { 'accept-encoding': encoding } });

describe('a page', () => {
  it.each(['gzip', 'br, gzip', 'GZIP;q=0.5, br'])(
    'is packed for a browser that takes %s',
    async (encoding) => {
      const packed = compressPage(asking(encoding), page());
      expect(packed.headers.get('content-encoding')).toBe('gzip');
      expect(packed.headers.get('content-length')).toBeNull();
      expect(packed.headers.get('etag')).toBe('W/"abc"');
      expect(packed.headers.get('vary')).toContain('accept-encoding');
      const bytes = await packed.bytes();
      expect(bytes.length).toBeLessThan(300);
      expect(gunzipSync(bytes).toString()).toBe(HTML);
    },
  );

  it.each(['', 'br', 'gzip;q=0', 'gzip;q=0.0, br', 'xgzip'])('stays as it is for %j', async (encoding) => {
    const plain = compressPage(asking(encoding), page());
    expect(plain.headers.get('content-encoding')).toBeNull();
    expect(await plain.text()).toBe(HTML);
  });
});

it('leaves alone what is no page, what is packed already, and what has no body', () => {
  for (const response of [
    page({ 'content-type': 'image/jpeg' }),
    page({ 'content-encoding': 'br' }),
    new Response(null, { status: 304, headers: { 'content-type': 'text/html' } }),
  ]) {
    expect(compressPage(asking('gzip'), response)).toBe(response);
  }
});
