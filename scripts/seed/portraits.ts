import type { Look } from './draw-portrait.ts';

const FAIR = '#f6d9c2';
const WARM = '#efc9a8';
const BLACK = '#241c1a';
const BROWN = '#4a3023';
const GREY = '#9a9a9f';

/** How the people of scripts/named-people.ts look, by their id. */
export const LOOKS: Readonly<Record<string, Look>> = {
  hanako: { skin: FAIR, hair: BROWN, hairStyle: 'bob', clothes: '#2b4c7e' },
  ichiro: { skin: WARM, hair: BLACK, hairStyle: 'short', clothes: '#3d4a3e' },
  makoto: { skin: WARM, hair: BLACK, hairStyle: 'crop', clothes: '#4b3b5c', hasGlasses: true },
  akiko: { skin: FAIR, hair: GREY, hairStyle: 'bun', clothes: '#7a4a63', isElderly: true },
  kenta: { skin: WARM, hair: BROWN, hairStyle: 'crop', clothes: '#8a3b2e' },
  masao: { skin: WARM, hair: GREY, hairStyle: 'crop', clothes: '#44525c', hasGlasses: true, isElderly: true },
  yumi: { skin: FAIR, hair: BLACK, hairStyle: 'long', clothes: '#2f6f66' },
  shota: { skin: WARM, hair: BLACK, hairStyle: 'short', clothes: '#24527a', hasGlasses: true },
  naoko: { skin: FAIR, hair: BROWN, hairStyle: 'bun', clothes: '#6b5b2a' },
  daisuke: { skin: WARM, hair: BLACK, hairStyle: 'crop', clothes: '#333a44' },
  megumi: { skin: FAIR, hair: BLACK, hairStyle: 'bob', clothes: '#5a3d7a', hasGlasses: true },
  aoi: { skin: FAIR, hair: BROWN, hairStyle: 'long', clothes: '#35608a' },
  kaoru: { skin: FAIR, hair: BLACK, hairStyle: 'short', clothes: '#6a4e3b', hasGlasses: true },
  minoru: { skin: WARM, hair: GREY, hairStyle: 'short', clothes: '#2d3f55' },
  manabu: { skin: WARM, hair: BROWN, hairStyle: 'short', clothes: '#4c5b3a' },
};
