/** A face in a picture, in the picture's pixels (not mirrored). */
export interface FaceBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** What would make the photo better; `good` when nothing would, null when there is nothing to go by. */
export type Hint =
  | 'dark'
  | 'bright'
  | 'nobody'
  | 'several'
  | 'far'
  | 'near'
  | 'moveLeft'
  | 'moveRight'
  | 'moveUp'
  | 'moveDown'
  | 'good';

// Of 255. A face in a living room in the evening has about 80; below 55 features are lost in a phone's noise, above 215 in white.
const DARK = 55;
const BRIGHT = 215;
/** The oval has 0.7 of the height that counts; a face (brow to chin) fills about two thirds of it. */
const OVAL_OF_FRAME = 0.7;
const FAR = 0.25;
const NEAR = 0.75;
/** How far from the middle, by the same height. */
const OFF_SIDEWAYS = 0.14;
const OFF_UP_OR_DOWN = 0.18;

/** Where the oval for the face stands in a picture, in its pixels: in the middle, as large upright as across, never beyond the picture. */
export function ovalOf({ widthPx, heightPx }: Frame): { cx: number; cy: number; rx: number; ry: number } {
  const side = sideOf({ widthPx, heightPx });
  const ry = (side * OVAL_OF_FRAME) / 2;
  return { cx: widthPx / 2, cy: heightPx / 2, rx: ry * 0.75, ry };
}

/** The height that counts: a phone held upright has a tall picture, in which the width bounds the face. */
const sideOf = ({ widthPx, heightPx }: Frame) => Math.min(heightPx, (widthPx * 4) / 3);

/** Mean brightness of a picture, 0 (black) to 255 (white), by Rec. 709 weights. `rgba` is canvas data; an empty one is black. */
export function luminanceOf(rgba: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at + 3 < rgba.length; at += 4)
    sum += 0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0);
  return rgba.length < 4 ? 0 : sum / Math.floor(rgba.length / 4);
}

/**
 * The one thing to say, the most pressing first. `faces` is null while nobody has looked for them (the detector is not there): then only
 * light is spoken of. Help, never a gate: whatever it says, the photo may be taken.
 */
export function hintOf(faces: readonly FaceBox[] | null, frame: Frame, luminance: number): Hint | null {
  if (luminance < DARK) return 'dark';
  if (luminance > BRIGHT) return 'bright';
  const face = faces?.[0];
  if (!faces) return null;
  if (!face) return 'nobody';
  if (faces.length > 1) return 'several';
  const side = sideOf(frame);
  if (face.height < FAR * side) return 'far';
  if (face.height > NEAR * side) return 'near';
  // In a picture that is not a mirror the left is the person's right.
  const sideways = face.x + face.width / 2 - frame.widthPx / 2;
  if (Math.abs(sideways) > OFF_SIDEWAYS * side) return sideways < 0 ? 'moveLeft' : 'moveRight';
  const below = face.y + face.height / 2 - frame.heightPx / 2;
  if (Math.abs(below) > OFF_UP_OR_DOWN * side) return below < 0 ? 'moveDown' : 'moveUp';
  return 'good';
}
