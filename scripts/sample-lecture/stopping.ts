/** The arithmetic behind the figures of stopping distance. They are examples: cars, tyres, roads and people differ. */

export const REACTION_SECONDS = 1;
export const DRY_FRICTION = 0.7;
export const WET_FRICTION = 0.4;
const GRAVITY = 9.8;

const metresPerSecond = (kmPerHour: number): number => kmPerHour / 3.6;

/** 空走距離: metres that a car goes on while its driver reacts for `REACTION_SECONDS`. */
export const reactionMetres = (kmPerHour: number): number => metresPerSecond(kmPerHour) * REACTION_SECONDS;

/** 制動距離: metres from the brake to the halt, v² / 2μg. */
export const brakingMetres = (kmPerHour: number, friction: number): number =>
  metresPerSecond(kmPerHour) ** 2 / (2 * friction * GRAVITY);

export const stoppingMetres = (kmPerHour: number, friction: number): number =>
  reactionMetres(kmPerHour) + brakingMetres(kmPerHour, friction);
