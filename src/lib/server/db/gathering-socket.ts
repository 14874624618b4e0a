import { Socket } from 'node:net';

/**
 * Sends at once what is written in one turn of the event loop: pg corks the messages of one statement, this one those of all that are
 * asked together. A call of the system for each of ten statements costs more than to put the statements together.
 */
export class GatheringSocket extends Socket {
  override uncork(): void {
    process.nextTick(() => super.uncork());
  }
}
