import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { request as requestTls } from 'node:https';
import path from 'node:path';
import { promisify } from 'node:util';
import { Validator } from '@seriousme/openapi-schema-validator';
import SwaggerClient from 'swagger-client';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { CompletionPage, Problem, RegisterAnswer } from '#lib/server/exchange/schemas.ts';
import { writeRegisterCsv } from '../../../scripts/seed/write-register-csv.ts';
import { openDesk, register, type Desk } from './exchange-desk.ts';
import { ask, type PartnerCard } from '../../support/partner-card.ts';

let desk: Desk;
let kanagawa: PartnerCard;
let document: Record<string, unknown>;
beforeAll(async () => {
  desk = await openDesk();
  kanagawa = await register(desk, '神奈川県警察', 'kanagawa');
  ({ body: document } = await ask(desk, null, { path: '/api/openapi.json' }));
});
afterAll(() => desk.close());

it('the description is OpenAPI 3.1, as its own authors check it', async () => {
  const { valid, errors } = await new Validator().validate(document);
  expect(errors).toBeUndefined();
  expect(valid).toBe(true);
  expect(document).toMatchObject({ openapi: '3.1.0', servers: [{ url: 'https://exchange.koshu.example' }] });
});

describe('a client that is made of the description', () => {
  /** The client's own requests, over a connection that shows the certificate. */
  const fetchAsPartner = (
    target: string,
    init: { method: string; headers: Record<string, string>; body?: string },
  ) =>
    new Promise<Response>((resolve, reject) => {
      const { pathname, search } = new URL(target);
      const asking = requestTls(
        {
          ...{ host: '127.0.0.1', port: desk.port, agent: false, ca: desk.serverAuthority },
          ...{ cert: kanagawa.cert, key: kanagawa.key, path: pathname + search },
          ...{ method: init.method, headers: init.headers },
        },
        (response) => {
          const parts: Buffer[] = [];
          response.on('data', (part: Buffer) => parts.push(part));
          response.once('end', () => {
            const headers = new Headers({ 'content-type': response.headers['content-type'] ?? '' });
            resolve(new Response(Buffer.concat(parts), { status: response.statusCode ?? 0, headers }));
          });
        },
      );
      asking.once('error', reject);
      asking.end(init.body);
    });
  const call = async (operationId: string, parameters: object, requestBody?: unknown, type?: string) => {
    const client = await SwaggerClient({ spec: document });
    const answer = await client.execute({
      ...{ operationId, parameters, requestBody, userFetch: fetchAsPartner },
      ...(type !== undefined && { requestContentType: type }),
    });
    return answer.body as unknown;
  };

  it('reads the feed', async () => {
    const page = await call('listCompletions', { after: '0', limit: 10 });
    expect(CompletionPage.parse(page)).toEqual({ events: [], next: '0', hasMore: false });
  });

  it('sends the register, and sends it again', async () => {
    const drivers = [desk.hanako];
    const parameters = { mode: 'changes', 'Idempotency-Key': 'from the client' };
    const first = await call('putRegister', parameters, { drivers }, 'application/json');
    expect(RegisterAnswer.parse(first)).toMatchObject({ rowCount: 1, heldBackCount: 0 });
    expect(await call('postRegister', parameters, { drivers }, 'application/json')).toEqual(first);
  });

  it('is told what is wrong', async () => {
    const refused = call('putRegister', { mode: 'changes' }, { drivers: [{}] }, 'application/json');
    const thrown: unknown = await refused.catch((error: unknown) => error);
    const { response } = z.object({ response: z.object({ text: z.string() }) }).parse(thrown);
    expect(Problem.parse(JSON.parse(response.text))).toMatchObject({
      status: 422,
      code: 'import_rows_invalid',
    });
  });
});

describe('curl', () => {
  const run = promisify(execFile);
  const inFolder = (name: string) => path.join(desk.folder, name);
  const curl = async (...more: string[]) => {
    writeFileSync(inFolder('partner.pem'), kanagawa.cert);
    writeFileSync(inFolder('partner.key'), kanagawa.key);
    writeFileSync(inFolder('koshu-ca.pem'), desk.serverAuthority);
    const { stdout } = await run('curl', [
      ...['--silent', '--show-error', '--cert', inFolder('partner.pem'), '--key', inFolder('partner.key')],
      ...['--cacert', inFolder('koshu-ca.pem'), ...more],
    ]);
    return JSON.parse(stdout) as unknown;
  };

  it('sends a file as the documentation says, and reads the feed', async () => {
    writeFileSync(inFolder('register.csv'), writeRegisterCsv([desk.hanako]));
    const base = `https://127.0.0.1:${desk.port}/api`;
    const answer = await curl(
      ...['-H', 'Content-Type: text/csv', '-H', 'Idempotency-Key: 2026-11-24-01'],
      ...['--upload-file', inFolder('register.csv'), `${base}/register?mode=changes`],
    );
    expect(RegisterAnswer.parse(answer)).toMatchObject({ rowCount: 1 });
    expect(CompletionPage.parse(await curl(`${base}/completions`)).events).toEqual([]);
  });
});
