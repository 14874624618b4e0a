/**
 * Japanese road signs, drawn from 道路標識、区画線及び道路標示に関する命令 別表第二 (shape, colours, letters).
 * Each is centred on 0,0 and about 200 wide.
 */
import { sign } from './palette.ts';
import { circle, group, rect, shape, stroke, text } from './svg.ts';

const invertedTriangle = (half: number): string => {
  const top = -half * 0.78;
  const bottom = half * 0.96;
  return `M${-half} ${top}L${half} ${top}L0 ${bottom}Z`;
};

function roundedTriangle(half: number, colour: string, corner: number): string {
  return `<path d="${invertedTriangle(half)}" fill="${colour}" stroke="${colour}" stroke-width="${corner}" stroke-linejoin="round"/>`;
}

/** 一時停止 (330-A): red ground, white edge and letters. */
export function stopSign(): string {
  return (
    roundedTriangle(97, '#B9BDC6', 23) +
    roundedTriangle(97, sign.white, 19) +
    roundedTriangle(88, sign.red, 18) +
    text({ x: 0, y: -27 }, '止まれ', { size: 43, fill: sign.white, anchor: 'middle' }) +
    text({ x: 0, y: 7 }, 'STOP', { size: 25, fill: sign.white, anchor: 'middle' })
  );
}

/** 徐行 (329-A): white ground, red edge, blue letters. */
export function slowSign(): string {
  return (
    roundedTriangle(97, '#B9BDC6', 23) +
    roundedTriangle(97, sign.white, 19) +
    roundedTriangle(92, sign.red, 18) +
    roundedTriangle(70, sign.white, 10) +
    text({ x: 0, y: -17 }, '徐行', { size: 42, fill: sign.blue, anchor: 'middle' }) +
    text({ x: 0, y: 8 }, 'SLOW', { size: 19, fill: sign.blue, anchor: 'middle' })
  );
}

const disc = (ground: string): string =>
  circle({ x: 0, y: 0 }, 100, '#B9BDC6') +
  circle({ x: 0, y: 0 }, 98, sign.white) +
  circle({ x: 0, y: 0 }, 94, ground);

/** 最高速度 (323): red ring, blue figures. */
export function speedSign(kmPerHour: number): string {
  return (
    disc(sign.red) +
    circle({ x: 0, y: 0 }, 72, sign.white) +
    text({ x: 0, y: 31 }, String(kmPerHour), { size: 86, fill: sign.blue, anchor: 'middle' })
  );
}

/** 車両進入禁止 (303): red disc, white bar. */
export function noEntrySign(): string {
  return disc(sign.red) + rect({ x: -70, y: -17, w: 140, h: 34 }, sign.white);
}

/** 一方通行 (326の2-A): blue ground, white arrow. `towards` is the way that traffic goes. */
export function oneWaySign(towards: 'left' | 'right'): string {
  const arrowToTheRight = shape('M-92 -17H28V-42L94 0L28 42V17H-92Z', sign.white);
  return (
    rect({ x: -122, y: -62, w: 244, h: 124 }, '#B9BDC6', 12) +
    rect({ x: -120, y: -60, w: 240, h: 120 }, sign.white, 10) +
    rect({ x: -115, y: -55, w: 230, h: 110 }, sign.blue, 7) +
    group(arrowToTheRight, { rotate: towards === 'right' ? 0 : 180 })
  );
}

/** 横断歩道 (407-A): blue five-sided ground, white triangle, a person walking over the stripes. */
export function crosswalkSign(): string {
  const house = 'M0 -98L98 -26V92H-98V-26Z';
  const walker =
    circle({ x: 4, y: -30 }, 10, sign.blue) +
    stroke('M2 -14L-2 14', sign.blue, 17) +
    stroke('M-2 14L-17 44', sign.blue, 11) +
    stroke('M-1 14L14 28L17 46', sign.blue, 11) +
    stroke('M0 -12L-19 6M4 -12L20 4', sign.blue, 8);
  const stripes = [-48, -22, 4, 30].map((x) => shape(`M${x} 54h16l4 14h-18z`, sign.blue)).join('');
  return (
    `<path d="${house}" fill="#B9BDC6" stroke="#B9BDC6" stroke-width="14" stroke-linejoin="round"/>` +
    `<path d="${house}" fill="${sign.white}" stroke="${sign.white}" stroke-width="10" stroke-linejoin="round"/>` +
    `<path d="${house}" fill="${sign.blue}" stroke="${sign.blue}" stroke-width="1" stroke-linejoin="round"/>` +
    `<path d="M0 -72L80 74H-80Z" fill="${sign.white}" stroke="${sign.white}" stroke-width="8" stroke-linejoin="round"/>` +
    walker +
    stripes
  );
}

/** A sign on its post, `height` from its middle to the ground. */
export function onPost(face: string, height: number, scale: number): string {
  return rect({ x: -4, y: 0, w: 8, h: height }, '#8B909B', 3) + group(face, { scale });
}
