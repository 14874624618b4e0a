declare module 'subset-font' {
  interface Options {
    readonly targetFormat: 'woff2';
    readonly noHinting: boolean;
    /** OpenType feature tags. */
    readonly keepFeatures: readonly string[];
    /** Of the `name` table. */
    readonly preserveNameIds: readonly number[];
  }
  /** The font with the characters of the text and no others. */
  export default function subsetFont(font: Buffer, text: string, options: Options): Promise<Buffer>;
}
