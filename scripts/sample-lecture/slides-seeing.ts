/** Slides about distance and about what can be seen. */
import type { Slide } from './lecture-script.ts';
import * as distances from './pictures/distances.ts';

const DRY_NOTE = '見本の値:反応1秒・摩擦係数0.7で計算';

export const twoParts: Slide = {
  heading: '車は急に止まれない',
  lines: ['危険に気づいてから\nブレーキまでが空走距離', '効き始めてから\n止まるまでが制動距離'],
  figuresNote: DRY_NOTE,
  picture: distances.stoppingInTwoParts,
  narration: [
    {
      ja: '止まるまでには、空走距離と制動距離があります。',
      en: 'To stop takes reaction distance and braking distance.',
    },
    { ja: '二つをたしたものが、停止距離です。', en: 'Together they make the stopping distance.' },
  ],
};

export const bySpeed: Slide = {
  heading: '速度と停止距離',
  lines: ['速度が2倍になると', '制動距離は\n約4倍になります'],
  article: '道路交通法 第22条(最高速度)',
  figuresNote: DRY_NOTE,
  picture: distances.stoppingBySpeed,
  narration: [
    { ja: '速度が二倍になると、', en: 'When your speed doubles,' },
    { ja: '制動距離は、およそ四倍にのびます。', en: 'the braking distance grows about fourfold.' },
  ],
};

export const inTheRain: Slide = {
  heading: '雨の日は、もっと長く',
  lines: ['時速60kmで比べました', 'ぬれた道では\n制動距離がのびます', '速度を落とし\n車間を広くとります'],
  figuresNote: '見本の値:摩擦係数0.7と0.4で計算',
  picture: distances.stoppingInTheRain,
  narration: [
    { ja: '雨の日は、止まるまでがもっと長くなります。', en: 'In the rain you need longer to stop.' },
    { ja: '速度を落とし、車間を広くとりましょう。', en: 'Slow down and leave more room.' },
  ],
};

export const following: Slide = {
  heading: '車間距離は思いやり',
  lines: [
    '前の車が急に止まっても\nぶつからない距離を',
    'あおる運転は\n妨害運転罪になります',
    'あおられたら安全な所へ\n避け、110番',
  ],
  article: '道路交通法 第26条・第117条の2の2・第117条の2',
  picture: distances.followingDistance,
  narration: [
    { ja: '車間距離は、追突を防ぐためのゆとりです。', en: 'Distance is room that prevents a collision.' },
    { ja: 'あおる運転は、重い罰を受ける犯罪です。', en: 'Driving to threaten others is a serious crime.' },
  ],
};

export const lorry: Slide = {
  heading: '大きな車の死角',
  lines: [
    'すぐ前、左右、うしろに\n見えない所があります',
    '並んで走り続けない',
    '左折する車の左側に\n入らない',
  ],
  picture: distances.lorryBlindSpots,
  narration: [
    { ja: '大きな車には、運転席から見えない所があります。', en: 'Drivers of lorries cannot see everywhere.' },
    {
      ja: '死角に入ったままで、並んで走らないようにします。',
      en: 'Do not stay beside one, in its blind spot.',
    },
  ],
};

export const dusk: Slide = {
  heading: '夕暮れは早めのライト',
  lines: [
    '見るため、そして\n見てもらうための光です',
    '日没からは必ず点灯',
    '明るい服と反射材も\n命を守ります',
  ],
  article: '道路交通法 第52条第1項',
  picture: distances.lightsAtDusk,
  narration: [
    { ja: '日が暮れる前に、ライトをつけましょう。', en: 'Switch on your lights before it gets dark.' },
    { ja: 'あなたの車も、見つけてもらえます。', en: 'Others can then see your car, too.' },
  ],
};
