import type { Heartbeat, HeartbeatReply, OpenedViewing } from '#lib/domain/attendance/protocol.ts';
import { REFUSAL_CODES } from '#lib/domain/refusal.ts';

/** What the server said: `code` is the refusal, or null. */
export interface Said {
  readonly status: number;
  readonly text: string;
  readonly code: string | null;
}

export type Claim = Omit<Heartbeat, 'keyCount'> & { readonly keyCount?: number };

interface Envelope {
  readonly result?: { readonly data: unknown };
  readonly error?: { readonly data?: { readonly refusal?: { readonly code: string } | null } };
}

function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

/** A script with somebody's cookie and nothing but HTTP. It remembers every byte that it was ever given. */
export class Stranger {
  readonly heard: string[] = [];
  cookie: string;
  readonly #origin: string;
  /** What heartbeats have to bring along, by viewing: the only thing that the server gives out beside media, credit and keys. */
  readonly #tokens = new Map<string, string>();

  constructor(origin: string, cookie: string) {
    this.#origin = origin;
    this.cookie = cookie;
  }

  async send(path: string, request: RequestInit = {}): Promise<Said> {
    const headers = {
      cookie: this.cookie,
      origin: this.#origin,
      ...(request.headers as Record<string, string>),
    };
    const response = await fetch(`${this.#origin}${path}`, { redirect: 'manual', ...request, headers });
    const text = await response.text();
    this.heard.push(text);
    const { error } = read(text) as Envelope;
    return { status: response.status, text, code: error?.data?.refusal?.code ?? null };
  }

  post(path: string, body: string, headers: Record<string, string> = {}): Promise<Said> {
    return this.send(path, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/json', ...headers },
    });
  }

  /** A form, as a page sends it with a script: the status is that of the action's result (303 when it was taken). */
  async form(path: string, body: FormData | URLSearchParams): Promise<Said> {
    const said = await this.send(path, { method: 'POST', body, headers: { accept: 'application/json' } });
    const { status = said.status, data = '' } = read(said.text) as { status?: number; data?: string };
    return { ...said, status, code: REFUSAL_CODES.find((code) => data.includes(`"${code}"`)) ?? null };
  }

  /** Calls any procedure with anything. */
  call(procedure: string, input: unknown): Promise<Said> {
    return this.post(`/api/trpc/${procedure}`, JSON.stringify(input));
  }

  /** The viewing, or the code of the refusal. */
  async tryOpen(chapterId: string): Promise<OpenedViewing | string> {
    const said = await this.call('viewing.open', { chapterId });
    const data = this.#dataOf<OpenedViewing & { token?: string }>(said);
    if (!data) return said.code ?? String(said.status);
    if (data.token !== undefined) this.#tokens.set(data.viewingId, data.token);
    return data;
  }

  async open(chapterId: string): Promise<OpenedViewing> {
    const opened = await this.tryOpen(chapterId);
    if (typeof opened === 'string') throw new Error(`the viewing was refused: ${opened}`);
    return opened;
  }

  /** What is sent as a heartbeat; `anything` overrides fields with what no player would send. */
  beatBody(claim: Claim, anything: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
    return { keyCount: 0, ...claim, token: this.#tokens.get(claim.viewingId), ...anything };
  }

  async beat(claim: Claim): Promise<HeartbeatReply> {
    return this.readReply(await this.call('viewing.report', this.beatBody(claim)), claim.viewingId);
  }

  readReply(said: Said, viewingId: string): HeartbeatReply {
    const data = this.#dataOf<HeartbeatReply & { token?: string }>(said);
    if (data?.token !== undefined) this.#tokens.set(viewingId, data.token);
    if (data) return data;
    return { outcome: 'refused', code: (said.code ?? `${said.status}`) as 'malformed', creditedMs: 0 };
  }

  /** What became of it, or the code of the refusal. */
  async answerPresence(checkId: string, wish: 'pass' | 'extend' = 'pass'): Promise<string> {
    const said = await this.call('viewing.answerPresence', { checkId, wish });
    return this.#dataOf<{ outcome: string }>(said)?.outcome ?? said.code ?? String(said.status);
  }

  consent(): Promise<Said> {
    return this.form('/consent', new URLSearchParams({ terms: 'agreed', photos: 'agreed' }));
  }

  answer(chapterId: string, choiceId: string): Promise<Said> {
    return this.form(`/lecture/${chapterId}/question`, new URLSearchParams({ choiceId }));
  }

  photo(chapterId: string, bytes: Buffer): Promise<Said> {
    const body = new FormData();
    body.set('source', 'camera');
    body.set('photo', new File([new Uint8Array(bytes)], 'photo.jpg', { type: 'image/jpeg' }));
    return this.form(`/lecture/${chapterId}/photo`, body);
  }

  survey(): Promise<Said> {
    return this.form('/survey', new URLSearchParams({ clarity: '5', usability: '5', comment: '' }));
  }

  #dataOf<T>({ text }: Said): T | undefined {
    return (read(text) as Envelope).result?.data as T | undefined;
  }
}
