/** Pictures about pedestrian crossings and those who walk (道路交通法38条, 71条2号・2号の2). */
import { bicycleFromAbove, carFromAbove, person, tree, wheelchairUser } from '../figures.ts';
import { fill, ink } from '../palette.ts';
import { crosswalkSign, onPost } from '../signs.ts';
import { arrow, group, label, measure, rect, shape, stroke, text } from '../svg.ts';
import { burst, crossingAcross, diamond, ground, roadAcross } from './road.ts';

const top = 150;
const bottom = 350;
const ownLane = 200;
const stopLine = (x: number, from = top, to = 250): string =>
  rect({ x, y: from, w: 11, h: to - from }, fill.white);
const trees = [40, 130, 300].map((x) => group(tree(), { x, y: 92, scale: 0.9 })).join('');

export function approachingACrossing(): string {
  return (
    ground(fill.grass) +
    roadAcross(top, bottom, 'solid') +
    crossingAcross(590, 86, top, bottom) +
    stopLine(556) +
    diamond(240, ownLane) +
    diamond(420, ownLane) +
    group(carFromAbove('own'), { x: 78, y: ownLane }) +
    arrow({ x: 144, y: ownLane }, { x: 182, y: ownLane }, '#BFD4FF', 7) +
    group(tree(), { x: 60, y: 92, scale: 0.9 }) +
    group(person({ shirt: '#7A5AA6', hair: '#3A2E2A' }), { x: 634, y: 146, scale: 0.82 }) +
    group(onPost(crosswalkSign(), 66, 0.36), { x: 524, y: 72 }) +
    measure({ x: 240, y: 384 }, { x: 590, y: 384 }, ink.blue) +
    measure({ x: 420, y: 422 }, { x: 590, y: 422 }, ink.blue) +
    label({ x: 330, y: 384 }, '約50m', { width: 104, size: 22, fill: fill.white, ink: ink.blue }) +
    label({ x: 505, y: 420 }, '約30m', { width: 104, size: 22, fill: fill.white, ink: ink.blue }) +
    label({ x: 300, y: 92 }, 'ひし形は「この先に横断歩道」', {
      width: 366,
      size: 23,
      fill: fill.white,
      ink: ink.text,
    })
  );
}

export function waitingAtACrossing(): string {
  return (
    ground(fill.grass) +
    roadAcross(top, bottom, 'solid') +
    crossingAcross(470, 96, top, bottom) +
    stopLine(430) +
    trees +
    group(carFromAbove('own', { braking: true }), { x: 358, y: ownLane }) +
    group(carFromAbove('grey', { braking: true }), { x: 196, y: ownLane }) +
    group(carFromAbove('green', { braking: true }), { x: 656, y: 300, rotate: 180 }) +
    rect({ x: 586, y: 250, w: 11, h: 100 }, fill.white) +
    group(person({ shirt: '#E07A3F', holding: 'raised hand' }), { x: 540, y: 262, scale: 0.86 }) +
    group(person({ shirt: '#F2B33D', holding: 'school bag', trousers: '#5B6C8F' }), {
      x: 490,
      y: 268,
      scale: 0.66,
    }) +
    arrow({ x: 518, y: 284 }, { x: 518, y: 336 }, fill.key, 9) +
    group(onPost(crosswalkSign(), 66, 0.36), { x: 424, y: 72 }) +
    label({ x: 356, y: 396 }, 'とまって、わたり終わるまで待つ', {
      width: 420,
      size: 24,
      fill: ink.blue,
      ink: fill.white,
    })
  );
}

export function hiddenByAStoppedCar(): string {
  return (
    ground(fill.grass) +
    roadAcross(110, 370, 'none') +
    stroke('M12 240H720', fill.white, 5, '34 30') +
    crossingAcross(500, 96, 110, 370) +
    stopLine(462, 110, 370) +
    shape('M322 150L336 110H663L450 205Z', fill.amber, 0.5) +
    stroke('M258 294L663 110', fill.amber, 4, '10 9') +
    group(carFromAbove('grey', { braking: true }), { x: 386, y: 175, scale: 1.15 }) +
    group(carFromAbove('own'), { x: 196, y: 305, scale: 1.15 }) +
    arrow({ x: 276, y: 318 }, { x: 440, y: 318 }, '#BFD4FF', 8) +
    group(person({ shirt: '#E07A3F', holding: 'school bag', trousers: '#5B6C8F' }), {
      x: 540,
      y: 158,
      scale: 0.66,
    }) +
    arrow({ x: 540, y: 176 }, { x: 540, y: 266 }, fill.amber, 9) +
    burst(540, 308, 30) +
    label({ x: 150, y: 64 }, '黄色は見えない所', {
      width: 238,
      size: 23,
      fill: fill.amberSoft,
      ink: ink.text,
    }) +
    label({ x: 360, y: 406 }, '横を通る前に、いったん止まる', {
      width: 390,
      size: 24,
      fill: ink.blue,
      ink: fill.white,
    })
  );
}

export function peopleToProtect(): string {
  const columns = [
    {
      words: '高齢の方',
      figure: person({ shirt: '#8E7CC3', hair: '#C9CBD2', trousers: '#6B6F7C', holding: 'stick' }),
      scale: 1.45,
    },
    {
      words: '子ども',
      figure: person({ shirt: '#F2B33D', trousers: '#3F7CAC', holding: 'school bag' }),
      scale: 1.12,
    },
    { words: '白いつえの方', figure: person({ shirt: '#3E8E6B', holding: 'white cane' }), scale: 1.45 },
    { words: '車いすの方', figure: wheelchairUser(), scale: 1.55 },
  ];
  return (
    ground('#DCEBFA') +
    rect({ x: 0, y: 268, w: 720, h: 172 }, fill.pavement) +
    rect({ x: 0, y: 262, w: 720, h: 8 }, fill.kerb) +
    columns
      .map(({ words, figure, scale }, index) => {
        const x = 96 + index * 176;
        return (
          `<ellipse cx="${x}" cy="318" rx="62" ry="11" fill="rgba(0, 0, 0, 0.10)"/>` +
          group(figure, { x, y: 316, scale }) +
          label({ x, y: 376 }, words, { width: 162, size: 22, fill: fill.white, ink: ink.text })
        );
      })
      .join('')
  );
}

export function passingABicycle(): string {
  return (
    ground(fill.grass) +
    roadAcross(90, 372, 'dashed') +
    group(bicycleFromAbove(), { x: 424, y: 116, scale: 1.1 }) +
    group(carFromAbove('own'), { x: 404, y: 238, scale: 1.2 }) +
    shape('M300 150H540V192H300Z', fill.green, 0.25) +
    measure({ x: 424, y: 142 }, { x: 424, y: 204 }, fill.amber, 7) +
    label({ x: 556, y: 170 }, '1m以上が目安', { width: 190, size: 24, fill: fill.amberSoft, ink: ink.text }) +
    arrow({ x: 484, y: 238 }, { x: 560, y: 238 }, '#BFD4FF', 8) +
    arrow({ x: 482, y: 112 }, { x: 530, y: 112 }, '#FFD9BF', 7) +
    stroke('M330 112Q350 100 370 116', '#FFD9BF', 4, '4 9') +
    text({ x: 32, y: 50 }, '自転車は、ふらつくことがあります', { size: 26 }) +
    group(carFromAbove('ochre'), { x: 150, y: 312, rotate: 180 })
  );
}
