import type { X509Certificate } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { Refusal } from '#lib/domain/refusal.ts';
import type { App } from '../app.ts';
import { limitPartner } from '../rate-limits/limit-partner.ts';
import { identifyPartner, requirePurpose, type Partner } from './identify-partner.ts';
import { listCompletions } from './list-completions.ts';
import { openApiDocument } from './openapi.ts';
import { readBody } from './read-body.ts';
import { receiveRegister } from './receive-register.ts';
import { CompletionsQuery, IdempotencyKey, RegisterQuery } from './schemas.ts';

export interface Answer {
  readonly status: number;
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface AnswerContext {
  readonly app: App;
  readonly authorities: readonly X509Certificate[];
  readonly origin: string;
  /** Of one partner, counted in the database. */
  readonly limits: { readonly importsPerMinute: number; readonly readsPerMinute: number };
  /** Partners whose file is being received by this process. */
  readonly receiving: Set<string>;
}

type Exchanged = { readonly request: IncomingMessage; readonly response: ServerResponse; readonly url: URL };

function parseQuery<S extends z.ZodType>({ searchParams }: URL, schema: S): z.output<S> {
  const names = [...searchParams.keys()];
  const twice = names.find((name, index) => names.indexOf(name) !== index);
  if (twice !== undefined) throw new Refusal('malformed', { field: twice.slice(0, LIMITS.searchMaxLength) });
  const parsed = schema.safeParse(Object.fromEntries(searchParams));
  if (parsed.success) return parsed.data;
  throw new Refusal('malformed', { field: parsed.error.issues[0]?.path.join('.') ?? '' });
}

const FORMATS: Readonly<Record<string, 'csv' | 'json'>> = { 'text/csv': 'csv', 'application/json': 'json' };

function readHeaders({ headers }: IncomingMessage) {
  const mediaType = (headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  const format = Object.hasOwn(FORMATS, mediaType) ? FORMATS[mediaType] : undefined;
  if (format === undefined) throw new Refusal('malformed', { field: 'Content-Type' });
  const encoding = headers['content-encoding'] ?? 'identity';
  if (encoding !== 'identity') throw new Refusal('malformed', { field: 'Content-Encoding' });
  const given = headers['idempotency-key'];
  const key = IdempotencyKey.optional().safeParse(given);
  if (!key.success) throw new Refusal('malformed', { field: 'Idempotency-Key' });
  return { format, idempotencyKey: key.data ?? null };
}

async function importRegister(
  { app, limits, receiving }: AnswerContext,
  partner: Partner,
  { request, response, url }: Exchanged,
): Promise<Answer> {
  requirePurpose(partner, 'register');
  await limitPartner(app, partner.id, 'register', limits.importsPerMinute);
  const query = parseQuery(url, RegisterQuery);
  const { format, idempotencyKey } = readHeaders(request);
  if (receiving.has(partner.id) || receiving.size >= LIMITS.exchangeImportsAtOnce)
    throw new Refusal('import_under_way');
  receiving.add(partner.id);
  try {
    const maxBytes = format === 'csv' ? LIMITS.importMaxBytes : LIMITS.importJsonMaxBytes;
    const bytes = await readBody(request, response, maxBytes);
    request.socket.setTimeout(0); // nothing comes and goes now until the file is taken over
    const { answer, isReplay } = await receiveRegister(app, partner, {
      ...query,
      ...{ format, idempotencyKey, bytes },
    });
    return { status: 200, body: answer, headers: isReplay ? { 'idempotent-replayed': 'true' } : {} };
  } finally {
    receiving.delete(partner.id);
  }
}

/** Answers one request of whoever holds the key of `presented`. Throws refusals. */
export async function answerRequest(
  context: AnswerContext,
  presented: () => Buffer | Refusal,
  exchanged: Exchanged,
): Promise<Answer> {
  const { app, authorities, limits, origin } = context;
  const { request, url } = exchanged;
  const what = `${request.method} ${url.pathname}`;
  if (what === 'GET /api/openapi.json') return { status: 200, body: openApiDocument(origin) };
  const certificate = presented();
  if (certificate instanceof Refusal) throw certificate;
  const partner = await identifyPartner(app, authorities, certificate);
  switch (what) {
    case 'GET /api/completions':
      await limitPartner(app, partner.id, 'completions', limits.readsPerMinute);
      return { status: 200, body: await listCompletions(app, partner, parseQuery(url, CompletionsQuery)) };
    case 'PUT /api/register':
    case 'POST /api/register':
      return importRegister(context, partner, exchanged);
    default:
      throw new Refusal('not_found');
  }
}
