declare module 'lighthouse' {
  interface NetworkRequest {
    readonly url: string;
    readonly resourceType: string;
    /** Bytes over the line, with headers. */
    readonly transferSize: number;
  }
  interface Audit {
    readonly score: number | null;
    readonly numericValue?: number;
    /** Why it could not be looked at. */
    readonly errorMessage?: string;
    readonly details?: { readonly items?: readonly unknown[] };
  }
  export interface LighthouseResult {
    readonly finalDisplayedUrl: string;
    readonly environment: { readonly benchmarkIndex: number };
    readonly categories: Readonly<
      Record<
        string,
        { readonly score: number | null; readonly auditRefs: readonly { readonly id: string }[] }
      >
    >;
    readonly audits: Readonly<Record<string, Audit>> & {
      readonly 'network-requests': { readonly details: { readonly items: readonly NetworkRequest[] } };
    };
  }
  interface Flags {
    /** Where a Chromium listens for its developer tools. */
    readonly port: number;
    readonly onlyCategories: readonly string[];
    readonly throttlingMethod: 'simulate' | 'devtools';
    readonly logLevel: 'error';
  }
  /** By default it looks like a phone of the middle: 4 times slower processor, 1.6 Mbit/s, 150 ms, 412 px. */
  export default function lighthouse(
    url: string,
    flags: Flags,
  ): Promise<{ readonly lhr: LighthouseResult } | undefined>;
}
