/** Slides about signs and junctions. */
import type { Slide } from './lecture-script.ts';
import * as junctions from './pictures/junctions.ts';

export const sixSigns: Slide = {
  heading: '標識は、道からの言葉',
  lines: ['赤は「禁止」「止まれ」', '青は「指示」「指定」', '早く見つけて早く減速'],
  article: '道路交通法 第4条・第8条',
  picture: junctions.sixSigns,
  narration: [
    { ja: '標識は、その先の道のようすを教えてくれます。', en: 'Signs tell you about the road ahead.' },
    { ja: '早く見つければ、あわてずに減速できます。', en: 'See them early, and you can slow down calmly.' },
  ],
};

export const stopping: Slide = {
  heading: '「止まれ」では必ず停止',
  lines: [
    '停止線の直前で\n一度、完全に止まります',
    '左右を目で確かめます',
    '見えなければ少し進み\nもう一度止まって確認',
  ],
  article: '道路交通法 第43条',
  picture: junctions.stoppingAtTheLine,
  narration: [
    { ja: '一時停止では、停止線の直前で止まります。', en: 'At a stop sign, stop just before the line.' },
    { ja: '交わる道の車の、進行をさまたげません。', en: 'Do not get in the way of crossing traffic.' },
  ],
};

export const turning: Slide = {
  heading: '左に曲がるとき',
  lines: ['早めに左に寄ります', '左うしろの自転車を\n目で確かめます', '徐行して曲がります'],
  article: '道路交通法 第34条第1項',
  picture: junctions.turningLeft,
  narration: [
    { ja: '左折は、あらかじめ左端に寄り、徐行します。', en: 'To turn left, keep left early and go slowly.' },
    { ja: '左うしろの自転車を、目で確かめましょう。', en: 'Look for bicycles behind you on the left.' },
  ],
};

export const oneWay: Slide = {
  heading: '一方通行と進入禁止',
  lines: ['青い矢印の向きだけ\n進めます', '赤い標識の側からは\n入れません', '入る前に標識を確認'],
  article: '道路交通法 第8条第1項',
  picture: junctions.oneWayStreet,
  narration: [
    { ja: '一方通行は、矢印の向きにだけ進めます。', en: 'In a one-way street, follow the arrow only.' },
    { ja: '赤い標識の側からは、入ってはいけません。', en: 'Never enter from the side with the red sign.' },
  ],
};

export const slowPlaces: Slide = {
  heading: '徐行する場所',
  lines: ['すぐに止まれる速度が\n徐行です', '標識がなくても\n徐行する場所があります'],
  article: '道路交通法 第42条',
  picture: junctions.placesToGoSlowly,
  narration: [
    { ja: '徐行とは、すぐに止まれる速度のことです。', en: 'Going slowly means you can stop at once.' },
    {
      ja: '先が見えない場所では、まず速度を落とします。',
      en: 'Where you cannot see ahead, slow down first.',
    },
  ],
};

export const residential: Slide = {
  heading: '生活道路は 30km/h',
  lines: [
    '中央線などがない道は\n法定速度が時速30km',
    '令和8年9月からの\n決まりです',
    '人の多い道はさらに慎重に',
  ],
  article: '道路交通法 第22条・施行令 第11条',
  picture: junctions.residentialStreet,
  narration: [
    { ja: '中央線などのない道は、時速三十キロまで。', en: 'On roads without a centre line: 30 km/h.' },
    { ja: '人の生活のそばを、走っています。', en: "You are driving beside people's homes." },
  ],
};
