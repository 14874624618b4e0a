/** The colours of the slides. Text colours have at least 7:1 on `paper` and on white. */
export const ink = {
  text: '#1A1A1C',
  quiet: '#4A4D55',
  blue: '#00118F',
  red: '#A80000',
  green: '#115A36',
} as const;

export const fill = {
  paper: '#F5F7FC',
  white: '#FFFFFF',
  mist: '#E4EAF8',
  line: '#C9D2E6',
  key: '#1A3EE8',
  asphalt: '#596070',
  asphaltDark: '#3F4553',
  kerb: '#D9D6CC',
  pavement: '#ECE8DC',
  grass: '#CBE4C6',
  tree: '#5FA36A',
  amber: '#FFC700',
  amberSoft: '#FFE9A3',
  red: '#D7263D',
  redSoft: '#F9D3D6',
  green: '#2E9E5B',
  greenSoft: '#CDEFD9',
  glass: '#22304A',
} as const;

/** The colours of Japanese road signs. */
export const sign = {
  red: '#C8102E',
  blue: '#00469B',
  white: '#FFFFFF',
  yellow: '#FFD200',
  black: '#1A1A1C',
} as const;
