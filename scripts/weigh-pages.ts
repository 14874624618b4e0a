/** Fails when a page loads more scripts than it may; after `npm run build`. */
import { scriptKb } from './support/page-weights.ts';

const READING_KB = 45;
const WATCHING_KB = 60;
/** These live by a script: the camera, the signing with a card, the sending of films. */
const CAMERA_KB = 65;
const CARD_KB = 70;
const SENDING_KB = 80;
const LIMITS: Readonly<Record<string, number>> = {
  '/': READING_KB,
  '/check': READING_KB,
  '/sign-in': READING_KB,
  '/(learner)/eligibility': READING_KB,
  '/(learner)/consent': READING_KB,
  '/(learner)/lecture': READING_KB,
  '/(learner)/lecture/[chapter]/question': READING_KB,
  '/(learner)/lecture/[chapter]/answer': READING_KB,
  '/(learner)/survey': READING_KB,
  '/(learner)/record': READING_KB,
  '/(learner)/lecture/[chapter]/watch': WATCHING_KB,
  '/(learner)/lecture/[chapter]/photo': CAMERA_KB,
  '/check/device': WATCHING_KB,
  '/sign-in/card-file': CARD_KB,
  '/admin/videos': SENDING_KB,
};
/** The player is a script of its own, and what adapts it to hls.js comes with the first press of play. */
const FURTHER: Readonly<Record<string, readonly string[]>> = {
  '/(learner)/lecture/[chapter]/watch': ['src/lib/client/mount-player.ts', 'src/lib/player/hls.ts'],
};

for (const [route, limitKb] of Object.entries(LIMITS)) {
  const kb = scriptKb(route, FURTHER[route]);
  const isTooMuch = kb > limitKb;
  process.stdout.write(
    `${kb.toFixed(1).padStart(6)} kB of ${limitKb}  ${route}${isTooMuch ? '  TOO MUCH' : ''}\n`,
  );
  if (isTooMuch) process.exitCode = 1;
}
