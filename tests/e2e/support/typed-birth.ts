/** A birth date that a visitor types who asks whether she may: nobody of the register was born on it. */
export const TYPED_BIRTH = { count: 'showa', year: '27', month: '2', day: '29' } as const;

/** How it would stand wherever somebody had kept it, and the names of the fields in which it was sent. */
export const TRACES_OF_TYPED_BIRTH = [
  '1952-02-29',
  '1952/02/29',
  '1952/2/29',
  '19520229',
  '1952年2月29日',
  '1952年(昭和27年)2月29日',
  '昭和27年2月29日',
  'S27.2.29',
  'birthYear',
  'birthMonth',
  'birthDay',
];
