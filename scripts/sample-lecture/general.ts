/** 一般運転者講習の見本: three chapters, 60 minutes at full length. */
import { lorryFromAbove } from './figures.ts';
import type { LectureScript } from './lecture-script.ts';
import { beer, forbidden } from './pictures/driving.ts';
import { stopSign } from './signs.ts';
import * as driver from './slides-driver.ts';
import * as junctions from './slides-junctions.ts';
import * as seeing from './slides-seeing.ts';
import * as walking from './slides-walking.ts';
import { group, shape } from './svg.ts';

export const generalLecture: LectureScript = {
  lectureClass: 'general',
  title: { ja: '一般運転者講習(見本)', en: 'Lecture for general drivers (sample)' },
  chapterSeconds: { short: 61, small: 61, full: 1205 },
  chapters: [
    {
      title: { ja: '標識と交差点', en: 'Signs and junctions' },
      emblem: () => group(stopSign(), { y: 10, scale: 1.55 }),
      opening: [
        {
          ja: '事故の多くは、交差点とその近くで起きています。',
          en: 'Many accidents happen at or near junctions.',
        },
        { ja: '標識と確認の基本を、見直しましょう。', en: 'Let us go over signs and how to check.' },
      ],
      slides: [
        junctions.sixSigns,
        junctions.stopping,
        junctions.slowPlaces,
        junctions.turning,
        walking.waiting,
        junctions.oneWay,
      ],
      furtherSlides: [walking.approaching, walking.hidden, walking.protecting, junctions.residential],
      question: {
        text: {
          ja: '「止まれ」の標識と停止線がある交差点では、どこで止まりますか。',
          en: 'At a junction with a stop sign and a stop line, where do you stop?',
        },
        explanation: {
          ja: '停止線の直前で一時停止し、交差する道路の車などの進行を妨げてはなりません(道路交通法第43条)。見えにくいときは、少し進んでもう一度止まって確かめます。',
          en: 'Stop just before the stop line and do not get in the way of crossing traffic (Road Traffic Act, art. 43). If you cannot see well, move forward a little, stop again and look.',
        },
        choices: [
          {
            text: {
              ja: 'ほかの車が見えたときだけ、交差点の中で',
              en: 'Inside the junction, only if another vehicle is in sight',
            },
            isRight: false,
          },
          {
            text: { ja: '停止線の直前で、完全に', en: 'Just before the stop line, completely' },
            isRight: true,
          },
          { text: { ja: '止まらずに、ゆっくり通る', en: 'Nowhere; pass slowly' }, isRight: false },
        ],
      },
    },
    {
      title: { ja: '距離と見え方', en: 'Distance and sight' },
      emblem: () =>
        shape('M40 -50L190 -150V150L40 50Z', '#FFC700', 0.55) +
        group(lorryFromAbove(), { x: -50, scale: 1.35 }),
      opening: [
        { ja: '見えていないものは、よけることができません。', en: 'What you do not see, you cannot avoid.' },
        {
          ja: '距離と光と死角について、学びましょう。',
          en: 'Let us learn about distance, light and blind spots.',
        },
      ],
      slides: [
        seeing.lorry,
        seeing.bySpeed,
        seeing.inTheRain,
        seeing.following,
        seeing.dusk,
        walking.besideABicycle,
      ],
      furtherSlides: [seeing.twoParts, junctions.residential, junctions.turning, walking.hidden],
      question: {
        text: {
          ja: '車道で、前を同じ方向に走る自転車の右側を通り抜けます。十分な間隔をあけられないとき、どうしますか。',
          en: 'You are passing on the right of a bicycle going your way and cannot leave enough room. What do you do?',
        },
        explanation: {
          ja: '自転車の右側を通るときに十分な間隔がなければ、その間隔に応じた安全な速度で進まなければなりません(道路交通法第18条第3項)。無理なら後ろで待ちます。',
          en: 'If there is not enough room when passing on the right of a bicycle, you must go at a safe speed for that gap (Road Traffic Act, art. 18 para. 3). If in doubt, wait behind it.',
        },
        choices: [
          {
            text: { ja: '警音器を鳴らして、速く通りすぎる', en: 'Sound the horn and pass quickly' },
            isRight: false,
          },
          {
            text: { ja: '自転車に近づいて、道をあけてもらう', en: 'Drive up close so that it makes way' },
            isRight: false,
          },
          {
            text: { ja: '間隔に応じた安全な速度に落とす', en: 'Slow down to a safe speed for the gap' },
            isRight: true,
          },
        ],
      },
    },
    {
      title: { ja: '運転する人の心と体', en: 'The person at the wheel' },
      emblem: () => group(forbidden(group(beer(), { x: -8, y: 8, scale: 1.15 }), 150)),
      opening: [
        { ja: '車の安全は、運転する人の調子で決まります。', en: 'Safety depends on how the driver is.' },
        { ja: '自分の心と体を、たしかめましょう。', en: 'Let us check our own mind and body.' },
      ],
      slides: [
        driver.telephone,
        driver.drinking,
        driver.nextMorning,
        driver.resting,
        walking.protecting,
        driver.accident,
      ],
      furtherSlides: [seeing.following, seeing.dusk, junctions.residential, walking.waiting],
      question: {
        text: {
          ja: '夜おそくまでお酒を飲みました。翌朝はよく眠れた気がします。車を運転してよいですか。',
          en: 'You drank until late at night and feel you slept well. May you drive in the morning?',
        },
        explanation: {
          ja: '眠っても、アルコールが急になくなるわけではありません。体に残っているうちは運転してはなりません(道路交通法第65条第1項)。',
          en: 'Sleep does not make alcohol vanish. As long as it is in your body, you must not drive (Road Traffic Act, art. 65 para. 1).',
        },
        choices: [
          {
            text: {
              ja: '残っているかもしれないので、運転しない',
              en: 'No: alcohol may remain, so I do not drive',
            },
            isRight: true,
          },
          { text: { ja: '眠ったので、運転してよい', en: 'Yes, because I have slept' }, isRight: false },
          { text: { ja: '近くまでなら、運転してよい', en: 'Yes, if it is not far' }, isRight: false },
        ],
      },
    },
  ],
};
