/** Slides about those who walk or cycle. */
import type { Slide } from './lecture-script.ts';
import * as crossings from './pictures/crossings.ts';

export const approaching: Slide = {
  heading: '横断歩道が見えたら',
  lines: ['渡る人がいないと\n言い切れないときは', '停止線で止まれる速度で'],
  article: '道路交通法 第38条第1項',
  picture: crossings.approachingACrossing,
  narration: [
    { ja: '路面のひし形は、横断歩道の予告です。', en: 'Diamonds on the road announce a crossing.' },
    { ja: '止まれる速度で近づきましょう。', en: 'Approach at a speed at which you can stop.' },
  ],
};

export const waiting: Slide = {
  heading: '渡ろうとする人がいたら',
  lines: ['手前で一時停止します', '渡り終わるまで待ちます', '信号がなくても同じです'],
  article: '道路交通法 第38条第1項',
  picture: crossings.waitingAtACrossing,
  narration: [
    { ja: '渡る人、渡ろうとする人がいれば、', en: 'If anyone is crossing, or about to,' },
    { ja: '必ず手前で一時停止して待ちます。', en: 'always stop before the crossing and wait.' },
  ],
};

export const hidden: Slide = {
  heading: '止まっている車のかげ',
  lines: [
    '横断歩道の手前に\n止まっている車がいたら',
    '前に出る前に一時停止',
    '手前30mは追い越し・\n追い抜き禁止',
  ],
  article: '道路交通法 第38条第2項・第3項',
  picture: crossings.hiddenByAStoppedCar,
  narration: [
    { ja: '止まった車のかげに、人がいるかもしれません。', en: 'A person may be hidden by a stopped car.' },
    { ja: '前に出る前に、一時停止します。', en: 'Stop before you pass its front.' },
  ],
};

export const protecting: Slide = {
  heading: 'ゆっくり歩く方を守る',
  lines: ['一時停止か徐行をします', '通る人をさえぎりません', '急がせず、待ちましょう'],
  article: '道路交通法 第71条第2号・第2号の2',
  picture: crossings.peopleToProtect,
  narration: [
    { ja: '高齢の方や子どものそばでは、', en: 'Near older people and children,' },
    { ja: '一時停止か徐行で、安全を守ります。', en: 'stop or go slowly, to keep them safe.' },
  ],
};

export const besideABicycle: Slide = {
  heading: '自転車の横を通るとき',
  lines: ['十分な間隔をあけます', 'あけられないときは\n安全な速度に落とします', '無理なら後ろで待ちます'],
  article: '道路交通法 第18条第3項',
  figuresNote: '間隔は目安です',
  picture: crossings.passingABicycle,
  narration: [
    { ja: '自転車の横は、十分な間隔をあけます。', en: 'Leave plenty of room beside a bicycle.' },
    { ja: 'あけられないときは、速度を落とします。', en: 'If you cannot, slow down.' },
  ],
};
