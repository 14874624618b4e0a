const SERIALIZATION_FAILURE = '40001';
const DEADLOCK_DETECTED = '40P01';

const isConflict = (fault: unknown) =>
  fault instanceof Error &&
  'code' in fault &&
  (fault.code === DEADLOCK_DETECTED || fault.code === SERIALIZATION_FAILURE);

const MAX_TRIES = 4;

/**
 * Does `act`, one whole transaction, again when PostgreSQL has undone it for the sake of another one (SQLSTATE 40P01, 40001): another
 * process may hold what it needs in the other order, and the loser has changed nothing. Whatever else it throws is thrown at once.
 */
export async function retryConflict<T>(act: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await act();
    } catch (fault) {
      if (!isConflict(fault) || tries === MAX_TRIES) throw fault;
    }
  }
}
