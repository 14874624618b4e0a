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

interface Oval {
  readonly cx: number;
  readonly cy: number;
  readonly rx: number;
  readonly ry: number;
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

// Of 255, below the one a face's features are lost in the camera's noise, above the other in white.
const DARK = 50;
const BRIGHT = 240;
/** The oval has 0.7 of the height that counts; a face (brow to chin) fills about two thirds of it. */
const OVAL_OF_FRAME = 0.7;
const FAR = 0.25;
const NEAR = 0.75;
/** How far from the middle, by the same height. */
const OFF_SIDEWAYS = 0.14;
const OFF_UP_OR_DOWN = 0.18;

/** Where the oval for the face stands in a picture, in its pixels: in the middle, as large upright as across, never beyond the picture. */
export function ovalOf({ widthPx, heightPx }: Frame): Oval {
  const side = sideOf({ widthPx, heightPx });
  const ry = (side * OVAL_OF_FRAME) / 2;
  return { cx: widthPx / 2, cy: heightPx / 2, rx: ry * 0.75, ry };
}

const within = ({ x, y, width, height }: FaceBox): Oval => ({
  cx: x + width / 2,
  cy: y + height / 2,
  rx: width / 2,
  ry: height / 2,
});

/** The height that counts: a phone held upright has a tall picture, in which the width bounds the face. */
const sideOf = ({ widthPx, heightPx }: Frame) => Math.min(heightPx, (widthPx * 4) / 3);

/**
 * Mean brightness of a picture where the face is (if none is known, in the oval), 0 (black) to 255 (white), by Rec. 709 weights: what stands
 * behind the person, a white wall or a dark room, says nothing of his face. `rgba` is canvas data; of an empty picture it is 0.
 */
export function luminanceOf(rgba: ArrayLike<number>, frame: Frame, face?: FaceBox): number {
  const { cx, cy, rx, ry } = face ? within(face) : ovalOf(frame);
  let [sum, count] = [0, 0];
  for (let y = Math.ceil(cy - ry); y < cy + ry; y += 1) {
    const half = rx * Math.sqrt(Math.max(0, 1 - ((y - cy) / ry) ** 2));
    for (let x = Math.ceil(cx - half); x < cx + half; x += 1) {
      if (x < 0 || x >= frame.widthPx || y < 0 || y >= frame.heightPx) continue;
      const at = (y * frame.widthPx + x) * 4;
      sum += 0.2126 * (rgba[at] ?? 0) + 0.7152 * (rgba[at + 1] ?? 0) + 0.0722 * (rgba[at + 2] ?? 0);
      count += 1;
    }
  }
  return count === 0 ? 0 : sum / count;
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
