import { measuredKbps } from '#lib/domain/videos/line-speed.ts';

/** A slow line is known to be slow before all of it has come. */
const LONGEST_MS = 8_000;

/** Loads a megabyte of ours, or as much of it as comes in eight seconds. Answers kilobits a second; null when nothing came. */
export async function measureLine(): Promise<number | null> {
  const response = await fetch('/check/device/sample', { cache: 'no-store' }).catch(() => null);
  const reader = response?.ok ? response.body?.getReader() : undefined;
  if (!reader) return null;
  const begunAt = performance.now();
  const stop = setTimeout(() => void reader.cancel(), LONGEST_MS);
  let bytes = 0;
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) bytes += part.value.length;
  } catch {
    return null;
  } finally {
    clearTimeout(stop);
  }
  return bytes === 0 ? null : measuredKbps(bytes, performance.now() - begunAt);
}
