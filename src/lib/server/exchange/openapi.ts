import { z } from 'zod';
import { LIMITS } from '#lib/domain/limits.ts';
import { REGISTER_COLUMNS, REGISTER_FIELDS } from '../register/register-columns.ts';
import {
  CompletionPage,
  CompletionsQuery,
  IdempotencyKey,
  Problem,
  PushedEvent,
  RegisterAnswer,
  RegisterQuery,
} from './schemas.ts';

/** A schema in the dialect of OpenAPI 3.1, JSON Schema 2020-12. */
function schemaOf(schema: z.ZodType, io: 'input' | 'output' = 'output'): Record<string, unknown> {
  const { $schema: _, ...json } = z.toJSONSchema(schema, { io });
  return json;
}

const reference = (name: string) => ({ $ref: `#/components/schemas/${name}` });
const jsonOf = (name: string) => ({ 'application/json': { schema: reference(name) } });
const problem = (description: string) => ({
  description,
  content: { 'application/problem+json': { schema: reference('Problem') } },
});

function parametersOf(query: z.ZodObject): object[] {
  const { properties = {}, required = [] } = schemaOf(query, 'input') as {
    properties?: Record<string, { description?: string }>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...schema }]) => ({
    ...{ name, in: 'query', required: required.includes(name), schema },
    ...(description !== undefined && { description }),
  }));
}

const COMMON = {
  '401': problem('No certificate, or one that is not good.'),
  '403': problem('Not registered, disabled, or not for this.'),
  '429': {
    ...problem('Too many requests in a minute.'),
    headers: { 'Retry-After': { schema: { type: 'integer' }, description: 'Seconds.' } },
  },
};

const sentRegister = {
  type: 'object',
  required: ['drivers'],
  properties: {
    drivers: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        additionalProperties: false,
        description: 'As docs/register-csv.md says of the columns; class, holding and commission as codes.',
        properties: Object.fromEntries(
          REGISTER_FIELDS.map((field) => [
            field,
            { type: ['string', 'null'], description: REGISTER_COLUMNS[field].heading },
          ]),
        ),
      },
    },
  },
};

function importOperation(operationId: string) {
  return {
    operationId,
    summary: 'Sends drivers of the register',
    description: 'All or nothing. The same file again has the same answer and does nothing.',
    parameters: [
      ...parametersOf(RegisterQuery),
      {
        ...{ name: 'Idempotency-Key', in: 'header', required: false, schema: schemaOf(IdempotencyKey) },
        description: 'A new one for each file. The same again has the same answer.',
      },
    ],
    requestBody: {
      required: true,
      description: `CSV up to ${LIMITS.importMaxBytes} bytes, JSON up to ${LIMITS.importJsonMaxBytes}.`,
      content: { 'text/csv': { schema: { type: 'string' } }, 'application/json': { schema: sentRegister } },
    },
    responses: {
      '200': {
        description: 'Taken over.',
        headers: {
          'Idempotent-Replayed': {
            schema: { type: 'string' },
            description: 'true: done before; this is the answer of then.',
          },
        },
        content: jsonOf('RegisterAnswer'),
      },
      '400': problem('Not in the right form.'),
      ...COMMON,
      '409': problem('An import of yours is still under way.'),
      '413': problem('Too large.'),
      '422': problem('Lines are wrong; each is named. Or an Idempotency-Key with other content.'),
    },
  };
}

/** The OpenAPI 3.1 document of the exchange, from the schemas by which requests are read and answers typed. */
export function openApiDocument(origin: string): object {
  return {
    openapi: '3.1.0',
    info: {
      title: 'Koshu exchange',
      version: '1.0.0',
      description:
        'The register to Koshu, and what becomes of completion records back. See docs/exchange.md.',
    },
    servers: [{ url: origin }],
    security: [{ clientCertificate: [] }],
    paths: {
      '/api/completions': {
        get: {
          operationId: 'listCompletions',
          summary: 'What has become of completion records',
          description: 'In the order of the commits, at least once, within a second.',
          parameters: parametersOf(CompletionsQuery),
          responses: {
            '200': { description: 'Events after the cursor.', content: jsonOf('CompletionPage') },
            '400': problem('A cursor or limit that is none.'),
            ...COMMON,
          },
        },
      },
      '/api/register': {
        put: importOperation('putRegister'),
        post: importOperation('postRegister'),
      },
    },
    webhooks: {
      recordEvent: {
        post: {
          operationId: 'receiveEvent',
          summary: 'The same events, pushed to you (Standard Webhooks)',
          parameters: ['webhook-id', 'webhook-timestamp', 'webhook-signature'].map((name) => ({
            ...{ name, in: 'header', required: true, schema: { type: 'string' } },
          })),
          requestBody: { required: true, content: jsonOf('PushedEvent') },
          responses: { '204': { description: 'Taken. Anything but 2xx is tried again; 410 ends the push.' } },
        },
      },
    },
    components: {
      securitySchemes: { clientCertificate: { type: 'mutualTLS' } },
      schemas: {
        CompletionPage: schemaOf(CompletionPage),
        RegisterAnswer: schemaOf(RegisterAnswer),
        Problem: schemaOf(Problem),
        PushedEvent: schemaOf(PushedEvent),
      },
    },
  };
}
