import path from 'node:path';
import { Resvg } from '@resvg/resvg-js';

/** What makes a drawn face one person's. */
export interface Look {
  readonly skin: string;
  readonly hair: string;
  readonly hairStyle: 'short' | 'bob' | 'long' | 'bun' | 'crop';
  readonly clothes: string;
  readonly hasGlasses?: boolean;
  readonly isElderly?: boolean;
}

const FONT_FILE = path.join(
  import.meta.dirname,
  '../../node_modules/@expo-google-fonts/biz-udpgothic/700Bold/BIZUDPGothic_700Bold.ttf',
);

/** Hair behind the head and in front of it; the head is an ellipse around (240, 262). */
const HAIR: Record<Look['hairStyle'], { behind: string; front: string }> = {
  short: {
    behind: '',
    front:
      'M128 262 C120 150 180 116 242 116 C312 116 362 156 352 262 C346 224 336 206 318 196 C270 206 214 198 176 178 C150 196 136 222 128 262 Z',
  },
  crop: {
    behind: '',
    front:
      'M130 240 C126 154 184 122 240 122 C300 122 354 154 350 240 C340 206 330 190 306 180 C262 172 218 172 174 180 C150 190 138 208 130 240 Z',
  },
  bob: {
    behind:
      'M106 260 C98 140 172 98 240 98 C308 98 382 140 374 260 C378 320 368 368 348 384 L132 384 C112 368 102 320 106 260 Z',
    front:
      'M128 262 C124 160 178 122 240 122 C302 122 356 160 352 262 C344 216 332 200 312 190 L168 190 C148 200 136 218 128 262 Z',
  },
  long: {
    behind:
      'M104 262 C94 138 170 96 240 96 C310 96 386 138 376 262 C386 360 392 440 372 486 L108 486 C88 440 94 360 104 262 Z',
    front:
      'M128 268 C120 164 176 120 236 120 C216 172 176 206 128 268 Z M236 120 C304 118 360 164 352 268 C330 204 286 170 236 120 Z',
  },
  bun: {
    behind:
      'M240 122 a48 42 0 1 1 0.1 0 Z M112 254 C104 146 176 104 240 104 C304 104 376 146 368 254 C368 300 352 330 340 336 L140 336 C128 330 112 300 112 254 Z',
    front:
      'M128 256 C126 164 180 122 240 122 C300 122 354 164 352 256 C340 206 300 172 240 170 C180 172 140 206 128 256 Z',
  },
};

function portraitSvg({
  skin,
  hair,
  hairStyle,
  clothes,
  hasGlasses = false,
  isElderly = false,
}: Look): string {
  const { behind, front } = HAIR[hairStyle];
  const eye = (x: number) =>
    `<ellipse cx="${x}" cy="262" rx="9" ry="11" fill="#2b2422"/><circle cx="${x + 3}" cy="258" r="3" fill="#fff"/>`;
  const brow = (x: number, tilt: number) =>
    `<path d="M${x - 22} ${236 - tilt} q22 -12 44 ${2 * tilt}" fill="none" stroke="${hair}" stroke-width="7" stroke-linecap="round"/>`;
  const lens = (x: number) =>
    `<rect x="${x - 36}" y="238" width="72" height="52" rx="22" fill="#fff" fill-opacity=".18" stroke="#3a3a3c" stroke-width="5"/>`;
  const line = (d: string) =>
    `<path d="${d}" fill="none" stroke="#8a5a44" stroke-opacity=".45" stroke-width="3.5" stroke-linecap="round"/>`;
  const glasses = hasGlasses
    ? `${lens(196)}${lens(284)}<path d="M232 258 q8 -8 16 0" fill="none" stroke="#3a3a3c" stroke-width="5"/>`
    : '';
  const wrinkles = isElderly
    ? [
        'M166 288 q10 8 20 6',
        'M314 288 q-10 8 -20 6',
        'M204 318 q-14 12 -14 26',
        'M276 318 q14 12 14 26',
        'M206 206 q34 -8 68 0',
      ]
        .map(line)
        .join('')
    : '';
  return `<svg xmlns="http://www.w3.org/2000/svg" width="480" height="600" viewBox="0 0 480 600">
  <rect width="480" height="600" fill="#c9dced"/>
  <path d="${behind}" fill="${hair}"/>
  <path d="M198 352 h84 v70 q-42 44 -84 0 Z" fill="${skin}"/>
  <path d="M198 372 q42 34 84 0 v18 q-42 34 -84 0 Z" fill="#000" fill-opacity=".08"/>
  <path d="M52 600 C52 476 118 436 198 414 Q240 462 282 414 C362 436 428 476 428 600 Z" fill="${clothes}"/>
  <path d="M190 412 L240 476 L290 412 L304 424 L262 500 L240 480 L218 500 L176 424 Z" fill="#fff"/>
  <ellipse cx="128" cy="272" rx="18" ry="27" fill="${skin}"/><ellipse cx="352" cy="272" rx="18" ry="27" fill="${skin}"/>
  <path d="M128 246 C128 168 178 140 240 140 C302 140 352 168 352 246 C352 334 302 392 240 392 C178 392 128 334 128 246 Z" fill="${skin}"/>
  <path d="${front}" fill="${hair}"/>
  ${brow(196, 2)}${brow(284, 2)}${eye(196)}${eye(284)}
  <path d="M240 272 q-10 30 -4 36 q6 5 14 1" fill="none" stroke="#8a5a44" stroke-opacity=".6" stroke-width="4" stroke-linecap="round"/>
  <path d="M208 340 q32 22 64 0" fill="none" stroke="#a4493d" stroke-width="6" stroke-linecap="round"/>
  <ellipse cx="170" cy="312" rx="20" ry="12" fill="#e8836f" fill-opacity=".25"/><ellipse cx="310" cy="312" rx="20" ry="12" fill="#e8836f" fill-opacity=".25"/>
  ${wrinkles}${glasses}
  <rect x="352" y="16" width="112" height="46" rx="8" fill="#fff" fill-opacity=".92"/>
  <text x="408" y="50" text-anchor="middle" font-family="BIZ UDPGothic" font-size="32" font-weight="700" fill="#1a1a1c">見本</text>
</svg>`;
}

/** A friendly drawn face marked 見本, 480 × 600 like a licence photo; PNG. */
export function drawPortrait(look: Look): Buffer {
  const options = {
    font: { fontFiles: [FONT_FILE], loadSystemFonts: false, defaultFontFamily: 'BIZ UDPGothic' },
  };
  return new Resvg(portraitSvg(look), options).render().asPng();
}
