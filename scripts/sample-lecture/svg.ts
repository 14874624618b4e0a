/** The few words of SVG in which the slides are drawn. Lengths are pixels of a 1280 × 720 picture. */
import { ink } from './palette.ts';

export const FONT_FAMILY = 'BIZ UDPGothic';

export interface Point {
  readonly x: number;
  readonly y: number;
}

interface TextStyle {
  readonly size: number;
  readonly fill?: string;
  readonly weight?: 400 | 700;
  readonly anchor?: 'start' | 'middle' | 'end';
}

function escapeXml(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');
}

/** One line of words; `y` is the baseline. */
export function text(at: Point, words: string, style: TextStyle): string {
  const { size, fill = ink.text, weight = 700, anchor = 'start' } = style;
  return `<text x="${at.x}" y="${at.y}" font-family="${FONT_FAMILY}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escapeXml(words)}</text>`;
}

/** Words in a rounded label whose middle is at `at`; `width` must be enough for the words. */
export function label(
  at: Point,
  words: string,
  look: { width: number; size?: number; fill: string; ink: string },
): string {
  const size = look.size ?? 24;
  const height = size * 1.75;
  return (
    `<rect x="${at.x - look.width / 2}" y="${at.y - height / 2}" width="${look.width}" height="${height}" rx="${height / 2}" fill="${look.fill}"/>` +
    text({ x: at.x, y: at.y + size * 0.36 }, words, { size, fill: look.ink, anchor: 'middle' })
  );
}

export function group(
  content: string,
  place: { x?: number; y?: number; rotate?: number; scale?: number } = {},
): string {
  const { x = 0, y = 0, rotate = 0, scale = 1 } = place;
  return `<g transform="translate(${x} ${y}) rotate(${rotate}) scale(${scale})">${content}</g>`;
}

interface Box {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

export function rect(box: Box, colour: string, rx = 0): string {
  return `<rect x="${box.x}" y="${box.y}" width="${box.w}" height="${box.h}" rx="${rx}" fill="${colour}"/>`;
}

export function circle(at: Point, r: number, colour: string): string {
  return `<circle cx="${at.x}" cy="${at.y}" r="${r}" fill="${colour}"/>`;
}

/** A path that is only a line: an arrow's shaft, a vision line. */
export function stroke(d: string, colour: string, width: number, dash = ''): string {
  const dashes = dash === '' ? '' : ` stroke-dasharray="${dash}"`;
  return `<path d="${d}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${dashes}/>`;
}

export function shape(d: string, colour: string, opacity = 1): string {
  return `<path d="${d}" fill="${colour}" fill-opacity="${opacity}"/>`;
}

/** A straight arrow from one point to another, with a filled head. */
export function arrow(from: Point, to: Point, colour: string, width = 8): string {
  const length = Math.hypot(to.x - from.x, to.y - from.y);
  const ux = (to.x - from.x) / length;
  const uy = (to.y - from.y) / length;
  const head = width * 2.6;
  const neck = { x: to.x - ux * head, y: to.y - uy * head };
  const wing = width * 1.6;
  return (
    stroke(`M${from.x} ${from.y}L${neck.x} ${neck.y}`, colour, width) +
    shape(
      `M${to.x} ${to.y}L${neck.x - uy * wing} ${neck.y + ux * wing}L${neck.x + uy * wing} ${neck.y - ux * wing}Z`,
      colour,
    )
  );
}

/** A measure between two points: an arrow with a head at each end. */
export function measure(from: Point, to: Point, colour: string, width = 5): string {
  const middle = { x: (from.x + to.x) / 2, y: (from.y + to.y) / 2 };
  return arrow(middle, from, colour, width) + arrow(middle, to, colour, width);
}
