/** Slides about the person at the wheel. */
import type { Slide } from './lecture-script.ts';
import * as driving from './pictures/driving.ts';

export const telephone: Slide = {
  heading: 'ながらスマホはしない',
  lines: ['走行中は、手に持って\n通話しない', '画面を見続けない', '使うなら安全な場所に\n止めてから'],
  article: '道路交通法 第71条第5号の5',
  figuresNote: '時速60km × 2秒 = 約33m(計算した値)',
  picture: driving.twoSecondsAtTheScreen,
  narration: [
    {
      ja: '画面を見た二秒で、車は約三十三メートル進みます。',
      en: 'In two seconds the car goes about 33 metres.',
    },
    { ja: 'スマホは、止めてから使います。', en: 'Park first, then use your phone.' },
  ],
};

export const drinking: Slide = {
  heading: '飲酒運転は、絶対にしない',
  lines: ['少しの量でも\n判断がにぶります', '車やお酒を出した人\n同乗した人も罰せられます'],
  article: '道路交通法 第65条',
  picture: driving.noDrivingAfterDrinking,
  narration: [
    { ja: 'お酒を飲んだら、運転しません。', en: 'If you have been drinking, do not drive.' },
    { ja: '飲む人に、車を貸すこともいけません。', en: 'Nor lend a car to someone who has.' },
  ],
};

export const nextMorning: Slide = {
  heading: 'お酒は翌朝まで残る',
  lines: ['眠っても、急に\nなくなりはしません', '早朝に運転する前の夜は\nひかえましょう'],
  figuresNote: '見本の値:1時間に純アルコール4gとして計算。個人差があります',
  picture: driving.alcoholUntilMorning,
  narration: [
    {
      ja: '夜に飲んだお酒は、朝まで残ることがあります。',
      en: 'Alcohol from the evening may last till morning.',
    },
    {
      ja: '早く運転する日の前の夜は、ひかえましょう。',
      en: 'Do not drink on the night before an early drive.',
    },
  ],
};

export const resting: Slide = {
  heading: '疲れたら、休む',
  lines: ['過労や病気、薬のため\n危ないときは運転しない', '眠気を感じたら\nすぐ安全な場所で休けい'],
  article: '道路交通法 第66条',
  figuresNote: '休けいの間かくは目安です',
  picture: driving.restEveryTwoHours,
  narration: [
    { ja: '疲れや眠気は、気合いでは消えません。', en: 'Willpower does not cure tiredness.' },
    { ja: '二時間に一度は休み、体をのばしましょう。', en: 'Rest every two hours, and stretch.' },
  ],
};

export const accident: Slide = {
  heading: 'もし事故が起きたら',
  lines: ['すぐに停止します', 'けがをした人を助け\n続く事故を防ぎます', '警察に必ず知らせます'],
  article: '道路交通法 第72条第1項',
  picture: driving.afterAnAccident,
  narration: [
    {
      ja: '事故のときは、すぐに止まり、けが人を助けます。',
      en: 'After an accident, stop and help the injured.',
    },
    { ja: '道路の危険を防ぎ、警察に知らせます。', en: 'Prevent further danger and call the police.' },
  ],
};
