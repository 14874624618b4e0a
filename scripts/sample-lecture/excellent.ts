/** 優良運転者講習の見本: three chapters, 30 minutes at full length. */
import type { LectureScript } from './lecture-script.ts';
import { forbidden, telephone as telephoneFigure } from './pictures/driving.ts';
import { crosswalkSign, speedSign } from './signs.ts';
import * as driver from './slides-driver.ts';
import * as junctions from './slides-junctions.ts';
import * as seeing from './slides-seeing.ts';
import * as walking from './slides-walking.ts';
import { group } from './svg.ts';

export const excellentLecture: LectureScript = {
  lectureClass: 'excellent',
  title: { ja: '優良運転者講習(見本)', en: 'Lecture for excellent drivers (sample)' },
  chapterSeconds: { short: 31, small: 21, full: 605 },
  chapters: [
    {
      title: { ja: '歩行者が優先です', en: 'People on foot come first' },
      emblem: () => group(crosswalkSign(), { scale: 1.5 }),
      opening: [{ ja: '歩く人を守る運転を、たしかめましょう。', en: 'How do we protect people on foot?' }],
      slides: [walking.approaching, walking.waiting, walking.hidden, walking.protecting],
      furtherSlides: [
        walking.besideABicycle,
        junctions.sixSigns,
        junctions.stopping,
        junctions.turning,
        junctions.slowPlaces,
      ],
      question: {
        text: {
          ja: '信号のない横断歩道の手前で、渡ろうとしている人を見つけました。どうしますか。',
          en: 'You see someone about to cross at a crossing without traffic lights. What do you do?',
        },
        explanation: {
          ja: '渡っている人や渡ろうとしている人がいるときは、横断歩道の手前で一時停止し、通行を妨げてはなりません(道路交通法第38条第1項)。',
          en: 'When someone is crossing or about to cross, stop before the crossing and do not get in their way (Road Traffic Act, art. 38 para. 1).',
        },
        choices: [
          { text: { ja: '警音器を鳴らして、先に通る', en: 'Sound the horn and go first' }, isRight: false },
          {
            text: {
              ja: '手前で一時停止し、渡り終わるまで待つ',
              en: 'Stop before the crossing and wait until they are across',
            },
            isRight: true,
          },
          {
            text: { ja: '速度を少し落として、そのまま通る', en: 'Slow down a little and drive on' },
            isRight: false,
          },
        ],
      },
    },
    {
      title: { ja: '速度と停止距離', en: 'Speed and stopping distance' },
      emblem: () => group(speedSign(40), { scale: 1.55 }),
      opening: [
        { ja: '止まるまでの距離を、知っておきましょう。', en: 'Know how far you go before you stop.' },
      ],
      slides: [seeing.twoParts, seeing.bySpeed, seeing.inTheRain, junctions.residential],
      furtherSlides: [seeing.following, seeing.lorry, seeing.dusk, junctions.slowPlaces, walking.approaching],
      question: {
        text: {
          ja: '速度が2倍になると、制動距離(ブレーキが効き始めてから止まるまで)はおよそ何倍になりますか。',
          en: 'When your speed doubles, by about how much does the braking distance grow?',
        },
        explanation: {
          ja: '制動距離は速度の2乗に比例します。速度が2倍なら、およそ4倍です。速度を落とすことが、いちばんの備えです。',
          en: 'Braking distance grows with the square of the speed: twice the speed, about four times the distance. Slowing down is the best precaution.',
        },
        choices: [
          { text: { ja: 'およそ4倍', en: 'About four times' }, isRight: true },
          { text: { ja: 'およそ2倍', en: 'About twice' }, isRight: false },
          { text: { ja: '変わらない', en: 'It stays the same' }, isRight: false },
        ],
      },
    },
    {
      title: { ja: '運転に集中する', en: 'Mind on the road' },
      emblem: () => group(forbidden(group(telephoneFigure(), { scale: 1.15 }), 150)),
      opening: [{ ja: '安全運転は、毎日の小さな約束から。', en: 'Safe driving begins with small promises.' }],
      slides: [driver.telephone, seeing.dusk, driver.drinking, walking.besideABicycle],
      furtherSlides: [
        driver.nextMorning,
        driver.resting,
        driver.accident,
        seeing.following,
        walking.protecting,
      ],
      question: {
        text: {
          ja: '運転中にスマートフォンに知らせが届きました。正しい行動はどれですか。',
          en: 'A message arrives on your smartphone while you are driving. What is right?',
        },
        explanation: {
          ja: '走行中に手に持って通話することや、画面を見続けることは禁止されています(道路交通法第71条第5号の5)。安全な場所に止めてから使いましょう。',
          en: 'While moving you may not hold a phone to talk or keep looking at its screen (Road Traffic Act, art. 71 item 5-5). Park in a safe place first.',
        },
        choices: [
          {
            text: {
              ja: '前の車と離れていれば、手に持って読む',
              en: 'Read it in your hand if the car ahead is far away',
            },
            isRight: false,
          },
          {
            text: {
              ja: '速度を落とせば、手に持って返事をしてよい',
              en: 'Slow down and answer it in your hand',
            },
            isRight: false,
          },
          {
            text: { ja: '安全な場所に車を止めてから見る', en: 'Look at it after parking in a safe place' },
            isRight: true,
          },
        ],
      },
    },
  ],
};
