/** Roads seen from above, for pictures of 720 × 440. Traffic keeps to the left, as in Japan. */
import { fill } from '../palette.ts';
import { rect, shape, stroke, text } from '../svg.ts';

export const PICTURE = { w: 720, h: 440 } as const;

export const ground = (colour: string): string => rect({ x: 0, y: 0, ...PICTURE }, colour);

/** A road from left to right with pavements; eastward traffic has the upper half. */
export function roadAcross(
  top: number,
  bottom: number,
  centreLine: 'dashed' | 'solid' | 'none' = 'dashed',
): string {
  const middle = (top + bottom) / 2;
  const line = {
    dashed: stroke(`M12 ${middle}H${PICTURE.w}`, fill.white, 5, '34 30'),
    solid: stroke(`M0 ${middle}H${PICTURE.w}`, fill.white, 5),
    none: '',
  }[centreLine];
  return (
    rect({ x: 0, y: top - 46, w: PICTURE.w, h: bottom - top + 92 }, fill.pavement) +
    rect({ x: 0, y: top - 8, w: PICTURE.w, h: bottom - top + 16 }, fill.kerb) +
    rect({ x: 0, y: top, w: PICTURE.w, h: bottom - top }, fill.asphalt) +
    line
  );
}

/** A pedestrian crossing over a road from left to right: stripes lie along the traffic. */
export function crossingAcross(left: number, width: number, top: number, bottom: number): string {
  let stripes = rect({ x: left - 8, y: top, w: width + 16, h: bottom - top }, fill.asphalt);
  const pitch = (bottom - top) / 6.5;
  for (let y = top + pitch * 0.25; y < bottom - 4; y += pitch) {
    stripes += rect({ x: left, y, w: width, h: pitch * 0.5 }, fill.white);
  }
  return stripes;
}

/** The diamond that announces a crossing, painted along a lane. */
export function diamond(x: number, y: number): string {
  return `<path d="M${x - 42} ${y}L${x} ${y - 17}L${x + 42} ${y}L${x} ${y + 17}Z" fill="none" stroke="#FFFFFF" stroke-width="7" stroke-linejoin="miter"/>`;
}

/** Corner blocks around a crossroads: roads run between them. */
export function crossroads(road: { left: number; right: number; top: number; bottom: number }): string {
  const { left, right, top, bottom } = road;
  const block = (x: number, y: number, w: number, h: number): string =>
    rect({ x, y, w, h }, fill.kerb, 26) +
    rect({ x: x + 7, y: y + 7, w: w - 14, h: h - 14 }, fill.pavement, 20);
  const out = 60;
  return (
    ground(fill.asphalt) +
    block(-out, -out, left + out, top + out) +
    block(right, -out, PICTURE.w - right + out, top + out) +
    block(-out, bottom, left + out, PICTURE.h - bottom + out) +
    block(right, bottom, PICTURE.w - right + out, PICTURE.h - bottom + out)
  );
}

export function house(x: number, y: number, roof: string): string {
  return (
    rect({ x, y, w: 92, h: 66 }, 'rgba(0, 0, 0, 0.10)', 6) +
    rect({ x: x - 4, y: y - 5, w: 92, h: 66 }, roof, 6) +
    stroke(`M${x - 4} ${y + 28}H${x + 88}`, 'rgba(255, 255, 255, 0.55)', 3)
  );
}

/** A star that says: danger here. */
export function burst(x: number, y: number, r: number): string {
  let d = '';
  for (let point = 0; point < 20; point += 1) {
    const reach = point % 2 === 0 ? r : r * 0.58;
    const angle = (Math.PI * point) / 10;
    d += `${point === 0 ? 'M' : 'L'}${(x + Math.cos(angle) * reach).toFixed(1)} ${(y + Math.sin(angle) * reach).toFixed(1)}`;
  }
  return (
    shape(`${d}Z`, fill.amber) +
    text({ x, y: y + r * 0.3 }, '!', { size: r * 0.9, fill: '#8A0000', anchor: 'middle' })
  );
}
