/** Pictures about stopping, following and seeing (道路交通法22条・26条・52条). Distances are computed, see `stopping.ts`. */
import { carFromAbove, carFromTheSide, lorryFromAbove, person, bicycleFromAbove } from '../figures.ts';
import { fill, ink } from '../palette.ts';
import { brakingMetres, DRY_FRICTION, reactionMetres, stoppingMetres, WET_FRICTION } from '../stopping.ts';
import { circle, group, label, measure, rect, shape, stroke, text } from '../svg.ts';
import { burst, ground } from './road.ts';

const whole = (metres: number): string => `${Math.round(metres)}m`;

export function stoppingInTwoParts(): string {
  const reaction = reactionMetres(60);
  const braking = brakingMetres(60, DRY_FRICTION);
  const scale = 480 / (reaction + braking);
  const start = 110;
  const middle = start + reaction * scale;
  const end = middle + braking * scale;
  return (
    ground('#DCEBFA') +
    rect({ x: 0, y: 216, w: 720, h: 224 }, fill.white) +
    rect({ x: 0, y: 196, w: 720, h: 26 }, fill.asphalt) +
    group(carFromTheSide('own'), { x: 62, y: 198, scale: 0.8 }) +
    `<g opacity="0.45">${group(carFromTheSide('own'), { x: middle, y: 198, scale: 0.8 })}</g>` +
    group(carFromTheSide('own'), { x: end, y: 198, scale: 0.8 }) +
    group(person({ shirt: '#F2B33D', holding: 'school bag' }), { x: 694, y: 198, scale: 0.72 }) +
    label({ x: 96, y: 58 }, '危ない!', { width: 130, size: 24, fill: fill.amber, ink: ink.text }) +
    stroke('M96 82V130', fill.amber, 5) +
    label({ x: middle + 12, y: 100 }, 'ブレーキ', {
      width: 132,
      size: 22,
      fill: fill.redSoft,
      ink: ink.red,
    }) +
    rect({ x: start, y: 248, w: reaction * scale, h: 56 }, fill.amber) +
    rect({ x: middle, y: 248, w: braking * scale, h: 56 }, fill.red) +
    text({ x: (start + middle) / 2, y: 286 }, `空走 ${whole(reaction)}`, { size: 27, anchor: 'middle' }) +
    text({ x: (middle + end) / 2, y: 286 }, `制動 ${whole(braking)}`, {
      size: 27,
      fill: fill.white,
      anchor: 'middle',
    }) +
    measure({ x: start, y: 340 }, { x: end, y: 340 }, ink.blue, 6) +
    text(
      { x: (start + end) / 2, y: 394 },
      `時速60kmの停止距離 約${whole(stoppingMetres(60, DRY_FRICTION))}`,
      { size: 28, fill: ink.blue, anchor: 'middle' },
    )
  );
}

function distanceBar(
  y: number,
  name: string,
  parts: { reaction: number; braking: number },
  scale: number,
): string {
  const left = 172;
  const reaction = parts.reaction * scale;
  const braking = parts.braking * scale;
  return (
    text({ x: left - 14, y: y + 38 }, name, { size: 25, anchor: 'end' }) +
    rect({ x: left, y, w: reaction, h: 56 }, fill.amber) +
    rect({ x: left + reaction, y, w: braking, h: 56 }, fill.red) +
    text({ x: left + reaction + braking + 12, y: y + 39 }, whole(parts.reaction + parts.braking), {
      size: 30,
    })
  );
}

const legend =
  rect({ x: 172, y: 388, w: 26, h: 26 }, fill.amber) +
  text({ x: 208, y: 410 }, '空走距離', { size: 22 }) +
  rect({ x: 334, y: 388, w: 26, h: 26 }, fill.red) +
  text({ x: 370, y: 410 }, '制動距離', { size: 22 });

export function stoppingBySpeed(): string {
  return (
    ground(fill.white) +
    [20, 40, 60, 80]
      .map((speed, index) =>
        distanceBar(
          36 + index * 84,
          `時速${speed}km`,
          { reaction: reactionMetres(speed), braking: brakingMetres(speed, DRY_FRICTION) },
          7.6,
        ),
      )
      .join('') +
    legend
  );
}

export function stoppingInTheRain(): string {
  const drops = Array.from({ length: 26 }, (_, index) => {
    const x = 30 + ((index * 137) % 680);
    const y = 16 + ((index * 71) % 128);
    return stroke(`M${x} ${y}l-5 16`, '#6FA3D8', 4);
  }).join('');
  return (
    ground(fill.white) +
    rect({ x: 0, y: 0, w: 720, h: 166 }, '#C9D9EA') +
    drops +
    rect({ x: 0, y: 144, w: 720, h: 24 }, fill.asphaltDark) +
    stroke('M120 158H300M430 160H560', '#9CC2E6', 5) +
    group(carFromTheSide('own'), { x: 280, y: 148, scale: 1.05 }) +
    stroke('M190 144Q170 132 150 140M196 138Q178 122 160 126', '#FFFFFF', 5) +
    distanceBar(
      194,
      'かわいた道',
      { reaction: reactionMetres(60), braking: brakingMetres(60, DRY_FRICTION) },
      8.2,
    ) +
    distanceBar(
      284,
      'ぬれた道',
      { reaction: reactionMetres(60), braking: brakingMetres(60, WET_FRICTION) },
      8.2,
    ) +
    legend
  );
}

function followingRow(y: number, gap: number, good: boolean): string {
  const front = 600;
  const back = front - 112 - gap;
  const colour = good ? fill.green : fill.red;
  return (
    rect({ x: 0, y, w: 720, h: 120 }, fill.asphalt) +
    stroke(`M0 ${y + 8}H720M0 ${y + 112}H720`, fill.white, 4) +
    shape(`M${back + 57} ${y + 24}H${front - 57}V${y + 96}H${back + 57}Z`, colour, 0.5) +
    group(carFromAbove(good ? 'own' : 'red'), { x: back, y: y + 60 }) +
    group(carFromAbove('grey', { braking: !good }), { x: front, y: y + 60 }) +
    (good
      ? measure({ x: back + 66, y: y + 60 }, { x: front - 68, y: y + 60 }, fill.white, 6)
      : burst((back + front) / 2, y + 60, 26))
  );
}

export function followingDistance(): string {
  return (
    ground(fill.grass) +
    rect({ x: 0, y: 0, w: 720, h: 74 }, fill.white) +
    circle({ x: 44, y: 38 }, 18, fill.green) +
    stroke('M35 38L42 46L54 30', fill.white, 5) +
    text({ x: 76, y: 48 }, 'ゆとりのある車間距離', { size: 28, fill: ink.green }) +
    followingRow(74, 240, true) +
    rect({ x: 0, y: 214, w: 720, h: 78 }, fill.white) +
    circle({ x: 44, y: 254 }, 18, fill.red) +
    stroke('M37 247L51 261M51 247L37 261', fill.white, 5) +
    text({ x: 76, y: 264 }, '車間をつめる、あおる運転', { size: 28, fill: ink.red }) +
    followingRow(292, 34, false)
  );
}

export function lorryBlindSpots(): string {
  return (
    ground(fill.asphalt) +
    stroke('M0 92H720M0 348H720', fill.white, 5, '40 32') +
    shape('M440 190L560 130V310L440 250Z', fill.amber, 0.6) +
    shape('M392 180L180 30H430L412 180Z', fill.amber, 0.6) +
    shape('M392 260L300 400H430L412 260Z', fill.amber, 0.6) +
    shape('M210 182L10 130V310L210 258Z', fill.amber, 0.6) +
    group(lorryFromAbove(), { x: 330, y: 220 }) +
    group(bicycleFromAbove(), { x: 330, y: 104 }) +
    group(carFromAbove('own'), { x: 112, y: 220 }) +
    group(person({ shirt: '#7A5AA6' }), { x: 520, y: 262, scale: 0.62 }) +
    label({ x: 590, y: 50 }, '黄色が死角', { width: 160, size: 24, fill: fill.amberSoft, ink: ink.text }) +
    text({ x: 300, y: 68 }, '左横', { size: 25, anchor: 'middle' }) +
    text({ x: 372, y: 350 }, '右横', { size: 25, anchor: 'middle' }) +
    text({ x: 520, y: 168 }, '直前', { size: 25, anchor: 'middle' }) +
    text({ x: 58, y: 176 }, '直後', { size: 25, anchor: 'middle' })
  );
}

function duskHalf(x: number, lit: boolean): string {
  const id = lit ? 'lit' : 'unlit';
  const lights = lit ? shape('M160 268L360 190V302H160Z', 'url(#beam)') : '';
  const walker = group(
    person(
      lit
        ? { shirt: '#E07A3F', trousers: '#4C5E86' }
        : { shirt: '#3A3550', trousers: '#2A2B44', hair: '#23203A' },
    ),
    { x: 300, y: 300, scale: 0.86 },
  );
  const reflector = lit ? rect({ x: 287, y: 240, w: 27, h: 7 }, '#FFFFFF', 3) : '';
  return (
    `<clipPath id="${id}"><rect x="${x}" y="0" width="360" height="440"/></clipPath><g clip-path="url(#${id})">` +
    group(
      rect({ x: 0, y: 0, w: 360, h: 440 }, 'url(#dusk)') +
        circle({ x: 60, y: 214 }, 34, '#FFB070') +
        shape('M0 224L70 188L130 220L220 176L300 214L360 190V300H0Z', '#2C2A4A') +
        rect({ x: 0, y: 286, w: 360, h: 154 }, '#23243A') +
        stroke('M0 352H360', '#8D8FA8', 5, '30 24') +
        lights +
        (lit ? walker : `<g opacity="0.75">${walker}</g>`) +
        reflector +
        group(carFromTheSide('own'), { x: 92, y: 302, scale: 0.95 }),
      { x },
    ) +
    '</g>'
  );
}

export function lightsAtDusk(): string {
  return (
    '<linearGradient id="dusk" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#2B2D5C"/><stop offset="0.34" stop-color="#7C5379"/><stop offset="0.56" stop-color="#F09A6A"/></linearGradient>' +
    '<linearGradient id="beam"><stop offset="0" stop-color="#FFF3B0" stop-opacity="0.95"/><stop offset="1" stop-color="#FFF3B0" stop-opacity="0.35"/></linearGradient>' +
    duskHalf(0, false) +
    duskHalf(360, true) +
    rect({ x: 357, y: 0, w: 6, h: 440 }, fill.white) +
    label({ x: 180, y: 396 }, 'ライトなし', { width: 160, size: 24, fill: fill.white, ink: ink.text }) +
    label({ x: 540, y: 396 }, 'ライトあり', { width: 160, size: 24, fill: fill.amber, ink: ink.text })
  );
}
