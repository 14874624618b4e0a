/** Vehicles and people. Vehicles seen from above point to the right and are centred on 0,0. */
import { fill } from './palette.ts';
import { circle, rect, shape, stroke } from './svg.ts';

const carColours = {
  own: '#2563EB',
  red: '#D1495B',
  grey: '#9AA5B8',
  green: '#3E8E6B',
  ochre: '#D6A13B',
} as const;
export type CarColour = keyof typeof carColours;

/** About 112 long and 54 wide. */
export function carFromAbove(
  colour: CarColour,
  options: { braking?: boolean; indicating?: 'left' } = {},
): string {
  const body = carColours[colour];
  return (
    rect({ x: -55, y: -25, w: 114, h: 56 }, 'rgba(0, 0, 0, 0.16)', 18) +
    rect({ x: -57, y: -28, w: 114, h: 56 }, body, 18) +
    shape('M16 -21Q34 -16 34 0Q34 16 16 21Q20 0 16 -21Z', fill.glass) +
    shape('M-36 -20Q-44 0 -36 20Q-30 12 -30 0Q-30 -12 -36 -20Z', fill.glass) +
    rect({ x: -28, y: -21, w: 42, h: 42 }, 'rgba(255, 255, 255, 0.16)', 9) +
    stroke('M52 -19L54 -14M52 19L54 14', '#FFF6C9', 6) +
    stroke('M-55 -18L-56 -13M-55 18L-56 13', options.braking ? '#FF2D2D' : '#8C1B23', 6) +
    (options.braking
      ? circle({ x: -58, y: -16 }, 11, 'rgba(255, 59, 48, 0.45)') +
        circle({ x: -58, y: 16 }, 11, 'rgba(255, 59, 48, 0.45)')
      : '') +
    (options.indicating === 'left'
      ? circle({ x: 50, y: -24 }, 8, fill.amber) + circle({ x: -50, y: -24 }, 8, fill.amber)
      : '')
  );
}

/** About 220 long and 76 wide, cab to the right. */
export function lorryFromAbove(): string {
  return (
    rect({ x: -118, y: -36, w: 170, h: 76 }, 'rgba(0, 0, 0, 0.16)', 8) +
    rect({ x: -122, y: -40, w: 172, h: 80 }, '#AEB8CB', 7) +
    rect({ x: -119, y: -37, w: 166, h: 74 }, '#F7F9FC', 5) +
    stroke('M-80 -38V38M-38 -38V38M4 -38V38', '#CBD2DF', 3) +
    rect({ x: 54, y: -38, w: 56, h: 76 }, '#2F6F9F', 12) +
    shape('M88 -30Q102 0 88 30Q98 28 104 24Q110 0 104 -24Q98 -28 88 -30Z', fill.glass) +
    stroke('M84 -40V-50M84 40V50', '#3C4150', 6)
  );
}

/** A bicycle with its rider, about 86 long. */
export function bicycleFromAbove(shirt: string = '#E07A3F'): string {
  return (
    stroke('M-40 0H40', '#2B2F3A', 7) +
    stroke('M20 -20V20', '#2B2F3A', 5) +
    stroke('M-4 -13L18 -17M-4 13L18 17', shirt, 10) +
    shape('M-16 -17Q8 -22 8 0Q8 22 -16 17Q-22 0 -16 -17Z', shirt) +
    circle({ x: 0, y: 0 }, 12, '#FFFFFF') +
    stroke('M-7 -5H7M-8 0H8M-7 5H7', '#9AA5B8', 2)
  );
}

/** Seen from the side, driving to the right; wheels stand on y = 0; about 150 long. */
export function carFromTheSide(colour: CarColour): string {
  const body = carColours[colour];
  return (
    shape(
      'M-74 -16Q-76 -34 -58 -38L-44 -40L-26 -60Q-22 -64 -14 -64H18Q26 -64 32 -59L52 -40Q74 -37 76 -22Q77 -14 70 -12H-70Q-74 -12 -74 -16Z',
      body,
    ) +
    shape('M-32 -40L-20 -55Q-18 -57 -14 -57H-2V-40Z', fill.glass) +
    shape('M6 -57H17Q22 -57 26 -54L40 -40H6Z', fill.glass) +
    [-42, 44]
      .map((x) => circle({ x, y: -13 }, 14, '#23262E') + circle({ x, y: -13 }, 6, '#C5CBD8'))
      .join('') +
    rect({ x: 66, y: -32, w: 9, h: 8 }, '#FFF1A8', 3) +
    rect({ x: -75, y: -32, w: 7, h: 9 }, '#FF5A4F', 3)
  );
}

interface PersonLook {
  readonly shirt: string;
  readonly trousers?: string;
  readonly hair?: string;
  readonly holding?: 'stick' | 'white cane' | 'school bag' | 'raised hand';
}

/** A standing or walking person, feet at y = 0, about 130 tall. */
export function person(look: PersonLook): string {
  const skin = '#F3C9A5';
  const trousers = look.trousers ?? '#3B4A6B';
  const held = {
    stick: stroke('M34 -62V-2', '#8A5A2B', 5) + stroke('M34 -62Q34 -70 27 -69', '#8A5A2B', 5),
    'white cane':
      stroke('M32 -60L52 -2', '#8F97A8', 8) +
      stroke('M32 -60L52 -2', '#FFFFFF', 5) +
      stroke('M50 -8L52 -2', '#D7263D', 6),
    'school bag': rect({ x: -31, y: -90, w: 15, h: 34 }, '#C8102E', 6),
    'raised hand': '',
  } as const;
  const arm =
    look.holding === 'raised hand'
      ? 'M15 -82L30 -112'
      : look.holding === 'school bag'
        ? 'M15 -82L26 -58'
        : 'M15 -82L31 -62';
  return (
    (look.holding === 'school bag' ? held['school bag'] : '') +
    stroke('M-8 -46L-14 -5M8 -46L15 -5', trousers, 14) +
    stroke('M-16 -3H-8M14 -3H22', '#2B2F3A', 8) +
    stroke('M-15 -82L-26 -56', look.shirt, 11) +
    shape('M-20 -86Q-20 -96 -8 -96H8Q20 -96 20 -86L17 -42Q0 -36 -17 -42Z', look.shirt) +
    stroke(arm, look.shirt, 11) +
    circle({ x: 0, y: -114 }, 19, skin) +
    shape(
      'M-20 -114Q-22 -136 0 -136Q22 -136 20 -114Q14 -126 0 -126Q-14 -126 -20 -114Z',
      look.hair ?? '#3A2E2A',
    ) +
    circle({ x: -6, y: -112 }, 2.2, '#3A2E2A') +
    circle({ x: 7, y: -112 }, 2.2, '#3A2E2A') +
    stroke('M-4 -104Q0.5 -101 5 -104', '#B5654A', 2) +
    (look.holding === undefined || look.holding === 'school bag' ? '' : held[look.holding])
  );
}

/** A person in a wheelchair, wheels at y = 0. */
export function wheelchairUser(): string {
  return (
    stroke('M-20 -70L-18 -36H18L26 -8H36', '#2F6F9F', 13) +
    circle({ x: -18, y: -98 }, 18, '#F3C9A5') +
    shape('M-38 -98Q-40 -120 -18 -120Q4 -120 2 -98Q-6 -110 -18 -109Q-32 -109 -38 -98Z', '#7C7C82') +
    shape('M-36 -74Q-34 -82 -20 -82Q-6 -82 -5 -72L-4 -38H-32Z', '#7A5AA6') +
    stroke('M-10 -70L10 -48', '#7A5AA6', 10) +
    '<circle cx="-12" cy="-28" r="26" fill="none" stroke="#2B2F3A" stroke-width="6"/>' +
    circle({ x: -12, y: -28 }, 5, '#2B2F3A') +
    circle({ x: 28, y: -7 }, 7, '#2B2F3A') +
    stroke('M-46 -66L-36 -64', '#2B2F3A', 6)
  );
}

export function tree(): string {
  return (
    rect({ x: -5, y: -34, w: 10, h: 34 }, '#8A6B4A', 3) +
    circle({ x: 0, y: -54 }, 30, fill.tree) +
    circle({ x: -16, y: -40 }, 20, '#6FB37A')
  );
}
