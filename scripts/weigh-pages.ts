/** Fails when a page that learners read loads more scripts than it may; after `npm run build`. */
import { scriptKb } from './support/page-weights.ts';

const READING_KB = 45;
const WATCHING_KB = 60;
const LIMITS: Readonly<Record<string, number>> = {
  '/': READING_KB,
  '/check': READING_KB,
  '/sign-in': READING_KB,
  '/(learner)/eligibility': READING_KB,
  '/(learner)/lecture': READING_KB,
  '/(learner)/record': READING_KB,
  '/(learner)/lecture/[chapter]/watch': WATCHING_KB,
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
