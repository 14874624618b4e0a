/** Pictures about signs and junctions (道路交通法8条・34条・42条・43条). */
import { bicycleFromAbove, carFromAbove, carFromTheSide } from '../figures.ts';
import { fill, ink } from '../palette.ts';
import { crosswalkSign, noEntrySign, onPost, oneWaySign, slowSign, speedSign, stopSign } from '../signs.ts';
import { arrow, circle, group, label, rect, shape, stroke, text } from '../svg.ts';
import { burst, crossroads, ground, house, roadAcross } from './road.ts';

export function sixSigns(): string {
  const faces = [
    { face: stopSign(), words: '一時停止' },
    { face: slowSign(), words: '徐行' },
    { face: speedSign(40), words: '最高速度' },
    { face: noEntrySign(), words: '車両進入禁止' },
    { face: crosswalkSign(), words: '横断歩道' },
    { face: oneWaySign('left'), words: '一方通行' },
  ];
  return (
    ground('#EAF1FB') +
    faces
      .map(({ face, words }, index) => {
        const x = 130 + (index % 3) * 230;
        const y = index < 3 ? 94 : 306;
        return (
          rect({ x: x - 104, y: y - 82, w: 208, h: 196 }, fill.white, 16) +
          group(face, { x, y: y - 4, scale: 0.68 }) +
          text({ x, y: y + 102 }, words, { size: 24, anchor: 'middle' })
        );
      })
      .join('')
  );
}

const town = (): string =>
  house(70, 30, '#B9785A') +
  house(560, 28, '#7C93A8') +
  house(88, 360, '#8FA37C') +
  house(566, 364, '#B08FA0');

export function stoppingAtTheLine(): string {
  return (
    crossroads({ left: 278, right: 442, top: 96, bottom: 236 }) +
    town() +
    stroke('M10 166H268M452 166H720', fill.white, 5, '30 26') +
    stroke('M360 4V86', fill.white, 5, '26 22') +
    rect({ x: 284, y: 262, w: 72, h: 11 }, fill.white) +
    stroke('M360 262V440', fill.white, 4) +
    group(carFromAbove('own', { braking: true }), { x: 320, y: 338, rotate: -90 }) +
    group(carFromAbove('red'), { x: 598, y: 200, rotate: 180 }) +
    arrow({ x: 530, y: 200 }, { x: 470, y: 200 }, '#FFD0D4', 8) +
    group(onPost(stopSign(), 78, 0.46), { x: 238, y: 280 }) +
    stroke('M312 276Q280 214 214 186', fill.amber, 5, '10 9') +
    stroke('M328 276Q372 220 520 204', fill.amber, 5, '10 9') +
    label({ x: 140, y: 196 }, '左を見る', { width: 128, size: 22, fill: fill.amberSoft, ink: ink.text }) +
    label({ x: 520, y: 130 }, '右を見る', { width: 128, size: 22, fill: fill.amberSoft, ink: ink.text }) +
    label({ x: 540, y: 300 }, '停止線の直前', { width: 180, size: 23, fill: fill.white, ink: ink.red }) +
    stroke('M446 298L362 272', ink.red, 4)
  );
}

export function turningLeft(): string {
  return (
    crossroads({ left: 250, right: 470, top: 74, bottom: 244 }) +
    house(64, 10, '#B9785A') +
    house(576, 8, '#7C93A8') +
    house(560, 356, '#B08FA0') +
    stroke('M10 159H240M480 159H720', fill.white, 5, '30 26') +
    stroke('M360 254V440M360 0V66', fill.white, 5, '28 24') +
    stroke('M322 300Q322 204 250 200L206 200', fill.key, 9, '16 13') +
    shape('M180 200L210 184V216Z', fill.key) +
    stroke('M272 300V110', '#FFB48A', 8, '14 12') +
    shape('M272 88L258 116H286Z', '#FFB48A') +
    group(carFromAbove('own', { indicating: 'left' }), { x: 326, y: 350, rotate: -90 }) +
    group(bicycleFromAbove(), { x: 270, y: 384, rotate: -90, scale: 0.8 }) +
    burst(276, 222, 30) +
    label({ x: 118, y: 300 }, '左うしろを確認', {
      width: 200,
      size: 23,
      fill: fill.amberSoft,
      ink: ink.text,
    }) +
    label({ x: 580, y: 300 }, '左に寄って、徐行', { width: 214, size: 23, fill: fill.white, ink: ink.blue })
  );
}

export function oneWayStreet(): string {
  return (
    ground(fill.grass) +
    [130, 270, 410, 550]
      .map((x, index) => house(x, 30, ['#B9785A', '#7C93A8', '#8FA37C', '#B08FA0'][index] ?? '#B9785A'))
      .join('') +
    roadAcross(190, 310, 'none') +
    group(shape('M-80 -12H20V-34L80 0L20 34V12H-80Z', 'rgba(255, 255, 255, 0.75)'), {
      x: 376,
      y: 250,
      rotate: 180,
    }) +
    group(carFromAbove('own'), { x: 520, y: 250, rotate: 180 }) +
    group(carFromAbove('grey'), { x: 236, y: 250, rotate: 180 }) +
    group(onPost(oneWaySign('left'), 78, 0.44), { x: 652, y: 304 }) +
    group(onPost(noEntrySign(), 78, 0.44), { x: 62, y: 116 }) +
    label({ x: 458, y: 388 }, 'ここから入れます', { width: 226, size: 23, fill: fill.white, ink: ink.blue }) +
    label({ x: 268, y: 150 }, 'こちらからは入れません', {
      width: 296,
      size: 23,
      fill: fill.white,
      ink: ink.red,
    })
  );
}

function slowPlace(x: number, y: number, scene: string, words: string): string {
  return (
    rect({ x, y, w: 332, h: 196 }, fill.white, 16) +
    `<clipPath id="slow-${x}-${y}"><rect x="${x + 10}" y="${y + 10}" width="312" height="132" rx="10"/></clipPath>` +
    `<g clip-path="url(#slow-${x}-${y})">${group(scene, { x: x + 10, y: y + 10 })}</g>` +
    text({ x: x + 166, y: y + 178 }, words, { size: 23, anchor: 'middle' })
  );
}

export function placesToGoSlowly(): string {
  const sky = rect({ x: 0, y: 0, w: 312, h: 132 }, '#D6E9FA');
  const hill = (d: string): string =>
    sky + shape(d, fill.grass) + stroke(d.replace(/V132H0Z$/, ''), fill.asphalt, 12);
  const blindCorner =
    rect({ x: 0, y: 0, w: 312, h: 132 }, fill.asphalt) +
    rect({ x: -20, y: -20, w: 150, h: 76 }, '#B9785A', 8) +
    rect({ x: 196, y: -20, w: 150, h: 76 }, '#8FA37C', 8) +
    rect({ x: -20, y: 112, w: 150, h: 40 }, '#7C93A8', 8) +
    rect({ x: 196, y: 112, w: 150, h: 40 }, '#B08FA0', 8) +
    group(carFromAbove('own'), { x: 146, y: 126, rotate: -90, scale: 0.55 }) +
    group(carFromAbove('red'), { x: 258, y: 97, rotate: 180, scale: 0.5 });
  const bend =
    rect({ x: 0, y: 0, w: 312, h: 132 }, fill.grass) +
    stroke('M-10 106H150Q236 106 236 40V-10', fill.asphalt, 50) +
    stroke('M-10 106H150Q236 106 236 40V-10', fill.white, 3, '14 12') +
    group(carFromAbove('own'), { x: 64, y: 94, scale: 0.42 }) +
    [200, 172, 186].map((cx, index) => circle({ x: cx, y: 34 + index * 12 }, 17, fill.tree)).join('');
  const crest =
    hill('M-10 120C80 120 96 48 156 48S232 120 322 120V132H0Z') +
    group(carFromTheSide('own'), { x: 97, y: 84, rotate: -50, scale: 0.34 });
  const descent =
    hill('M-10 30H60C120 30 130 118 200 118H322V132H0Z') +
    group(carFromTheSide('own'), { x: 122, y: 58, rotate: 55, scale: 0.34 });
  return (
    ground('#EAF1FB') +
    slowPlace(18, 14, blindCorner, '見通しのきかない交差点') +
    slowPlace(370, 14, bend, '道路の曲がり角付近') +
    slowPlace(18, 230, crest, '上り坂の頂上付近') +
    slowPlace(370, 230, descent, '勾配の急な下り坂')
  );
}

export function residentialStreet(): string {
  return (
    ground(fill.grass) +
    [30, 160, 430, 570]
      .map((x, index) => house(x, 26, ['#B9785A', '#8FA37C', '#7C93A8', '#B08FA0'][index] ?? ''))
      .join('') +
    [90, 240, 400, 540]
      .map((x, index) => house(x, 368, ['#7C93A8', '#B08FA0', '#B9785A', '#8FA37C'][index] ?? ''))
      .join('') +
    roadAcross(164, 300, 'none') +
    stroke('M0 184H720M0 282H720', fill.white, 4) +
    group(carFromAbove('own'), { x: 170, y: 234 }) +
    arrow({ x: 240, y: 234 }, { x: 300, y: 234 }, '#BFD4FF', 8) +
    circle({ x: 560, y: 246 }, 15, '#FFFFFF') +
    shape('M560 231L567 242L560 250L553 242Z', fill.glass) +
    group(bicycleFromAbove('#7A5AA6'), { x: 424, y: 198, scale: 0.8 }) +
    group(speedSign(30), { x: 330, y: 76, scale: 0.66 }) +
    burst(640, 232, 30)
  );
}
