const lasts = new WeakMap<object, Promise<unknown>>();

/** Does `act` when all that was asked for before, under the same key, is over, however it ended. */
export function oneAtATime<T>(key: object, act: () => Promise<T>): Promise<T> {
  const last = lasts.get(key) ?? Promise.resolve();
  const mine = last.then(act);
  lasts.set(
    key,
    mine.catch(() => undefined),
  );
  return mine;
}
