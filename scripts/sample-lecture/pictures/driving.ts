/** Pictures about the driver: telephone, alcohol, tiredness, after an accident (道路交通法65条・66条・71条5号の5・72条). */
import { carFromAbove, carFromTheSide } from '../figures.ts';
import { fill, ink, sign } from '../palette.ts';
import { arrow, circle, group, label, measure, rect, shape, stroke, text } from '../svg.ts';
import { ground } from './road.ts';

export function telephone(): string {
  return (
    rect({ x: -52, y: -98, w: 104, h: 196 }, '#23262E', 18) +
    rect({ x: -43, y: -80, w: 86, h: 154 }, '#EAF1FB', 6) +
    rect({ x: -33, y: -62, w: 52, h: 24 }, '#B9CBF5', 10) +
    rect({ x: -19, y: -30, w: 52, h: 24 }, '#C9E9D3', 10) +
    rect({ x: -33, y: 2, w: 60, h: 24 }, '#B9CBF5', 10) +
    circle({ x: 0, y: 86 }, 6, '#6B7080') +
    circle({ x: 46, y: -88 }, 22, fill.red) +
    text({ x: 46, y: -80 }, '1', { size: 24, fill: fill.white, anchor: 'middle' })
  );
}

/** A red ring with a bar over something that must not be. */
export function forbidden(content: string, r: number): string {
  const edge = r * Math.SQRT1_2;
  return (
    content +
    `<circle r="${r}" fill="none" stroke="${sign.red}" stroke-width="18"/>` +
    stroke(`M${-edge} ${-edge}L${edge} ${edge}`, sign.red, 18)
  );
}

export function twoSecondsAtTheScreen(): string {
  return (
    ground('#EAF1FB') +
    group(forbidden(group(telephone(), { scale: 0.9 }), 122), { x: 180, y: 144 }) +
    text({ x: 340, y: 92 }, '時速60kmで', { size: 32 }) +
    text({ x: 340, y: 138 }, '画面を2秒見ると…', { size: 32 }) +
    text({ x: 340, y: 222 }, '約33m', { size: 76, fill: ink.red }) +
    text({ x: 614, y: 220 }, '進む', { size: 36 }) +
    rect({ x: 0, y: 300, w: 720, h: 140 }, fill.asphalt) +
    stroke('M0 308H720M0 432H720', fill.white, 4) +
    shape('M150 336H600V404H150Z', fill.red, 0.4) +
    `<g opacity="0.55">${group(carFromAbove('own'), { x: 92, y: 370 })}</g>` +
    measure({ x: 156, y: 370 }, { x: 584, y: 370 }, fill.white, 7) +
    group(carFromAbove('own'), { x: 648, y: 370 })
  );
}

export function beer(): string {
  return (
    '<path d="M46 -34H70Q84 -34 84 -18V26Q84 44 66 44H46" fill="none" stroke="#C7D0E2" stroke-width="14"/>' +
    rect({ x: -52, y: -62, w: 104, h: 134 }, '#F5B52E', 10) +
    [-30, 0, 30].map((x) => rect({ x: x - 6, y: -36, w: 12, h: 88 }, '#FFD572', 6)).join('') +
    [-38, -12, 16, 40].map((x, index) => circle({ x, y: -62 - (index % 2) * 10 }, 24, fill.white)).join('') +
    rect({ x: -52, y: -62, w: 104, h: 14 }, fill.white)
  );
}

export function noDrivingAfterDrinking(): string {
  const duties = [
    '飲んで運転しない',
    '飲む人に車を貸さない',
    '運転する人に飲ませない',
    '飲んだ人の車に乗らない',
  ];
  return (
    ground('#EAF1FB') +
    group(forbidden(group(beer(), { x: -6, y: 6, scale: 0.92 }), 118), { x: 160, y: 150 }) +
    group(carFromTheSide('own'), { x: 160, y: 386, scale: 1.5 }) +
    rect({ x: 20, y: 384, w: 290, h: 8 }, fill.asphalt, 4) +
    duties
      .map(
        (words, index) =>
          rect({ x: 330, y: 24 + index * 102, w: 372, h: 84 }, fill.white, 14) +
          circle({ x: 376, y: 66 + index * 102 }, 25, sign.red) +
          stroke(`M366 ${56 + index * 102}l20 20m0 -20l-20 20`, fill.white, 6) +
          text({ x: 414, y: 75 + index * 102 }, words, { size: 24 }),
      )
      .join('')
  );
}

/** How long alcohol stays, at 4 g of pure alcohol an hour: a cautious example, not a promise. */
export function alcoholUntilMorning(): string {
  const left = 164;
  const hour = 34;
  const rows = [
    { words: 'ビール1本', grams: 20 },
    { words: 'ビール2本', grams: 40 },
    { words: 'ビール3本', grams: 60 },
  ];
  const morning = left + 9 * hour;
  return (
    ground(fill.white) +
    shape(`M${left} 78H${morning}V336H${left}Z`, '#2B2D5C', 0.1) +
    [0, 3, 6, 9, 12, 15]
      .map((hours) => {
        const x = left + hours * hour;
        return (
          stroke(`M${x} 78V336`, fill.line, 2) +
          text({ x, y: 62 }, `${(22 + hours) % 24}時`, { size: 21, fill: ink.quiet, anchor: 'middle' })
        );
      })
      .join('') +
    rows
      .map(
        ({ words, grams }, index) =>
          text({ x: left - 14, y: 136 + index * 84 }, words, { size: 25, anchor: 'end' }) +
          rect({ x: left, y: 100 + index * 84, w: (grams / 4) * hour, h: 54 }, '#F5B52E', 8) +
          text({ x: left + 14, y: 136 + index * 84 }, `${grams / 4}時間`, { size: 24 }),
      )
      .join('') +
    stroke(`M${morning} 78V352`, ink.red, 5) +
    label({ x: morning, y: 372 }, '朝7時に出発', { width: 176, size: 23, fill: ink.red, ink: fill.white }) +
    text({ x: 700, y: 426 }, '夜10時から。1本は500ml(純アルコール20g)', {
      size: 18,
      fill: ink.quiet,
      anchor: 'end',
    })
  );
}

export function restEveryTwoHours(): string {
  const cup =
    '<path d="M20 -14H32Q40 -14 40 -4Q40 8 28 8H18" fill="none" stroke="#FFFFFF" stroke-width="7"/>' +
    shape('M-26 -22H22V4Q22 20 6 20H-10Q-26 20 -26 4Z', fill.white) +
    stroke('M-14 -34Q-20 -42 -14 -50M2 -34Q-4 -42 2 -50', fill.white, 5);
  return (
    ground('#DCEBFA') +
    shape('M0 260Q120 180 260 240T520 220T720 210V440H0Z', fill.grass) +
    rect({ x: 0, y: 312, w: 720, h: 62 }, fill.asphalt) +
    stroke('M0 343H720', fill.white, 4, '30 24') +
    group(carFromTheSide('own'), { x: 120, y: 332, scale: 0.95 }) +
    [340, 610]
      .map(
        (x, index) =>
          rect({ x: x - 4, y: 170, w: 8, h: 150 }, '#8B909B') +
          rect({ x: x - 62, y: 66, w: 124, h: 124 }, sign.blue, 18) +
          group(cup, { x: x - 4, y: 146, scale: 1.15 }) +
          label({ x, y: 218 }, `${(index + 1) * 2}時間`, {
            width: 112,
            size: 24,
            fill: fill.white,
            ink: ink.blue,
          }),
      )
      .join('') +
    arrow({ x: 206, y: 402 }, { x: 680, y: 402 }, ink.blue, 6) +
    label({ x: 128, y: 60 }, '少なくとも2時間に1回', {
      width: 226,
      size: 20,
      fill: fill.white,
      ink: ink.text,
    })
  );
}

export function afterAnAccident(): string {
  const steps = [
    {
      words: '止まる',
      detail: '安全な場所に',
      icon:
        group(carFromTheSide('own'), { y: 34, scale: 1.05 }) +
        shape('M0 -62L30 -10H-30Z', fill.red) +
        shape('M0 -40L14 -18H-14Z', fill.white),
    },
    {
      words: '助ける',
      detail: '救急車は 119',
      icon:
        rect({ x: -18, y: -56, w: 36, h: 108 }, fill.red, 6) +
        rect({ x: -54, y: -20, w: 108, h: 36 }, fill.red, 6),
    },
    { words: '知らせる', detail: '警察は 110', icon: group(telephone(), { scale: 0.62 }) },
  ];
  return (
    ground('#EAF1FB') +
    steps
      .map(({ words, detail, icon }, index) => {
        const x = 128 + index * 232;
        return (
          rect({ x: x - 104, y: 34, w: 208, h: 372 }, fill.white, 18) +
          circle({ x, y: 74 }, 26, fill.key) +
          text({ x, y: 84 }, String(index + 1), { size: 28, fill: fill.white, anchor: 'middle' }) +
          group(icon, { x, y: 202 }) +
          text({ x, y: 330 }, words, { size: 36, fill: ink.blue, anchor: 'middle' }) +
          text({ x, y: 374 }, detail, { size: 23, anchor: 'middle' })
        );
      })
      .join('') +
    [244, 476].map((x) => shape(`M${x - 9} 196L${x + 11} 216L${x - 9} 236Z`, fill.key)).join('')
  );
}
