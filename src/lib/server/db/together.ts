import pg from 'pg';
import { prepareValue } from 'pg/lib/utils.js';
import { columnNames } from './database.ts';

/** A statement with the name under which connections keep it. */
export interface NamedStatement {
  readonly name: string;
  readonly text: string;
}

interface Ask {
  readonly statement: NamedStatement;
  readonly values: (string | Buffer | null)[];
  answer(rows: readonly object[]): void;
  fail(fault: unknown): void;
  /** Whether it and those before it are answered before the next one is begun. */
  isUrgent: boolean;
}

/** Takes the place of the database for remembered statements (remember.ts) that are to be asked together. */
export class Together {
  #asks: Ask[] | null = [];

  ask<Row>(statement: NamedStatement, values: readonly unknown[]): Promise<Row[]> {
    const asks = this.#asks;
    if (!asks) throw new Error('asked too late: the others are on their way');
    const { promise, resolve, reject } = Promise.withResolvers<Row[]>();
    asks.push({
      statement,
      values: values.map(prepareValue),
      answer: (rows) => resolve(rows as Row[]),
      fail: reject,
      isUrgent: false,
    });
    return promise;
  }

  /** Somebody can go on with what was asked so far: it is answered while the rest is still being looked for. */
  hurry(): void {
    const last = this.#asks?.at(-1);
    if (last) last.isUrgent = true;
  }

  take(): readonly Ask[] {
    const asks = this.#asks ?? [];
    this.#asks = null;
    return asks;
  }
}

/**
 * Asks all that `ask` asks of what it gets, before it first waits, in one message to the database: each statement by itself costs both sides
 * several calls of the system. They are one transaction; what writes has been kept when `together` has answered, not before. Refused, as
 * an error: what is asked later.
 */
export async function together<Answer>(
  pool: pg.Pool,
  ask: (reader: Together) => Promise<Answer>,
): Promise<Answer> {
  const reader = new Together();
  const answer = ask(reader);
  return (await Promise.all([answer, deliver(pool, reader.take())]))[0];
}

async function deliver(pool: pg.Pool, asks: readonly Ask[]): Promise<void> {
  if (asks.length === 0) return;
  try {
    await send(pool, asks);
  } catch (fault) {
    // As pg does: the trace leads to who asked instead of to a socket.
    if (fault instanceof Error) Error.captureStackTrace(fault);
    for (const { fail } of asks) fail(fault);
  }
}

async function send(pool: pg.Pool, asks: readonly Ask[]): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(new Packet(asks)).end;
    client.release();
  } catch (fault) {
    // Which of the statements it has kept is not known any more.
    client.release(true);
    throw fault;
  }
}

interface Column {
  readonly name: string;
  readonly parse: (text: string) => unknown;
}

/** What each connection keeps prepared of ours, by its name, and which columns PostgreSQL said that it has. */
const kept = new WeakMap<pg.Connection, Map<string, readonly Column[]>>();

function keptBy(connection: pg.Connection): Map<string, readonly Column[]> {
  const known = kept.get(connection);
  if (known) return known;
  const none = new Map<string, readonly Column[]>();
  kept.set(connection, none);
  return none;
}

/** Not the name alone: under that one pg prepares it itself, for the query builder. */
const nameHere = ({ name }: NamedStatement): string => `${name} together`;

/**
 * Several statements as one query of pg's (its interface for queries of other makers): bound and executed one after the other, with one
 * Sync (PostgreSQL, Message Flow, Extended Query). Columns are asked for once a connection.
 */
class Packet implements pg.Submittable {
  readonly #asks: readonly Ask[];
  readonly #end = Promise.withResolvers<undefined>();
  #keptHere = new Map<string, readonly Column[]>();
  /** Of the statement that is being answered. */
  #columns: readonly Column[] = [];
  #rows: object[] = [];
  #answered = 0;

  constructor(asks: readonly Ask[]) {
    this.#asks = asks;
  }

  /** When PostgreSQL has done all. */
  get end(): Promise<undefined> {
    return this.#end.promise;
  }

  submit(connection: pg.Connection): void {
    this.#keptHere = keptBy(connection);
    const names = new Set(this.#keptHere.keys());
    connection.stream.cork();
    for (const { statement, values, isUrgent } of this.#asks) {
      const name = nameHere(statement);
      const isKept = names.has(name);
      names.add(name);
      if (!isKept) connection.parse({ name, text: statement.text, types: [] }, true);
      connection.bind({ statement: name, values }, true);
      if (!isKept) connection.describe({ type: 'P', name: '' }, true);
      connection.execute({}, true);
      if (isUrgent) connection.flush();
    }
    connection.sync();
    connection.stream.uncork();
    this.#begin();
  }

  handleRowDescription({ fields }: { readonly fields: readonly pg.FieldDef[] }): void {
    this.#columns = fields.map(({ name, dataTypeID }) => ({
      name: columnNames.here(name),
      parse: pg.types.getTypeParser(dataTypeID, 'text') as Column['parse'],
    }));
  }

  handleDataRow({ fields }: { readonly fields: readonly (string | null)[] }): void {
    const row: Record<string, unknown> = {};
    for (const [index, { name, parse }] of this.#columns.entries()) {
      const text = fields[index] ?? null;
      row[name] = text === null ? null : parse(text);
    }
    this.#rows.push(row);
  }

  handleCommandComplete(): void {
    const ask = this.#asks[this.#answered];
    if (!ask) return;
    this.#keptHere.set(nameHere(ask.statement), this.#columns);
    ask.answer(this.#rows);
    this.#answered += 1;
    this.#begin();
  }

  handleError(fault: unknown): void {
    this.#end.reject(fault);
  }

  handleReadyForQuery(): void {
    this.#end.resolve(undefined);
  }

  #begin(): void {
    const ask = this.#asks[this.#answered];
    this.#rows = [];
    this.#columns = (ask && this.#keptHere.get(nameHere(ask.statement))) ?? [];
  }
}
