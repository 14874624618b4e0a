import { prepareZXingModule, readBarcodes } from 'zxing-wasm/reader';
import wasmUrl from 'zxing-wasm/reader/zxing_reader.wasm?url';

// From our own server: the package would fetch it from a public one.
prepareZXingModule({ overrides: { locateFile: () => wasmUrl } });

/** The text of a QR code in a picture, or null. Loaded when a camera is started, and not before: about 1 MB. */
export async function readQr(picture: ImageData): Promise<string | null> {
  const found = await readBarcodes(picture, { formats: ['QRCode'], tryHarder: true, maxNumberOfSymbols: 1 });
  return found.find(({ isValid }) => isValid)?.text ?? null;
}
