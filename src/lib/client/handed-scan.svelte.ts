/** What a scanner typed on another page of the counter, for the field that looks for it. Kept in memory only. */
let text = $state<string | null>(null);

export function handScan(scanned: string): void {
  text = scanned;
}

export const hasScan = (): boolean => text !== null;

/** The scan, once. */
export function takeScan(): string | null {
  const taken = text;
  text = null;
  return taken;
}
