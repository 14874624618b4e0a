import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import { Transform, type TransformCallback } from 'node:stream';
import { setTimeout as after } from 'node:timers/promises';

export interface LineFacts {
  readonly bitsPerSecond: number;
  /** One way. */
  readonly delayMs: number;
  /** Of packets; each that is lost comes once more, and those behind it in its connection wait for it, as TCP has it. */
  readonly loss: number;
}

const PACKET_BYTES = 1_460;
/** The smallest time after which TCP sends again what nobody has confirmed (Linux: 200 ms), on top of the way there and back. */
const SENT_AGAIN_MS = 200;

/** One direction of a line that all connections share: a packet leaves when those before it have left. */
class Direction {
  #freeAt = 0;
  // The same packets are lost in every run (Lehmer's generator).
  #seed = 20_261_123;

  /** When the last packet of so many bytes arrives, in milliseconds from now; it never overtakes what arrives at `notBefore`. */
  send(bytes: number, { bitsPerSecond, delayMs, loss }: LineFacts, notBefore: number): number {
    let arrivesAt = notBefore;
    for (let left = bytes; left > 0; left -= PACKET_BYTES) {
      const takes = (Math.min(left, PACKET_BYTES) * 8_000) / bitsPerSecond;
      this.#freeAt = Math.max(this.#freeAt, performance.now()) + takes;
      const isLost = this.#random() < loss;
      if (isLost) this.#freeAt += takes;
      const late = isLost ? 2 * delayMs + SENT_AGAIN_MS : 0;
      arrivesAt = Math.max(arrivesAt, this.#freeAt + delayMs + late);
    }
    return arrivesAt;
  }

  #random(): number {
    this.#seed = (this.#seed * 48_271) % 2_147_483_647;
    return this.#seed / 2_147_483_647;
  }
}

/** A line between a browser and a server on this machine: slow, far and bad, by real TCP connections whose bytes arrive later. */
export class SlowLine {
  facts: LineFacts;
  readonly #down = new Direction();
  readonly #up = new Direction();
  readonly #sockets = new Set<Socket>();
  readonly #server = net.createServer((browser) => this.#join(browser));
  #target = 0;

  private constructor(facts: LineFacts) {
    this.facts = facts;
  }

  static async open(facts: LineFacts): Promise<SlowLine> {
    const line = new SlowLine(facts);
    line.#server.listen(0, '127.0.0.1');
    await once(line.#server, 'listening');
    return line;
  }

  /** What a browser opens. */
  get origin(): string {
    return `http://localhost:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Where the line leads. */
  leadTo(origin: string): void {
    this.#target = Number(new URL(origin).port);
  }

  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }

  #join(browser: Socket): void {
    const server = net.connect(this.#target, '127.0.0.1');
    for (const socket of [browser, server]) {
      this.#sockets.add(socket);
      socket.on('error', () => undefined);
      socket.on('close', () => {
        browser.destroy();
        server.destroy();
        this.#sockets.delete(socket);
      });
    }
    browser.pipe(this.#late(this.#up)).pipe(server);
    server.pipe(this.#late(this.#down)).pipe(browser);
  }

  #late(direction: Direction): Transform {
    let arrivesAt = 0;
    const arrive = async (chunk: Buffer, done: TransformCallback) => {
      arrivesAt = direction.send(chunk.length, this.facts, arrivesAt);
      await after(Math.max(0, arrivesAt - performance.now()));
      done(null, chunk);
    };
    return new Transform({
      highWaterMark: PACKET_BYTES,
      transform: (chunk: Buffer, _encoding, done) => void arrive(chunk, done),
    });
  }
}
