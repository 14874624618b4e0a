import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  type CompiledQuery,
} from 'kysely';
import { columnNames, type Database } from './database.ts';
import { nameStatement } from './statement-names.ts';
import type { DB } from './tables.ts';
import { Together } from './together.ts';

/** Whom remembered statements are asked of. A transaction is a database too. */
export type Reader = Database | Together;

/** Writes statements, and asks nobody. */
const writer = new Kysely<DB>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (db) => new PostgresIntrospector(db),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
  plugins: [columnNames],
});

/** What Kysely makes a statement of: a query builder, or `sql`. */
interface Statement<Row> {
  compile(db: Database): CompiledQuery<Row>;
}

type Build<Values extends readonly unknown[], Row> = (db: Database, ...values: Values) => Statement<Row>;

/** The text of a statement with, for each of its parameters, how it comes out of the values of a call. */
interface Remembered<Values extends readonly unknown[], Row> {
  readonly compiled: CompiledQuery<Row>;
  readonly name: string;
  readonly parameters: readonly ((values: Values) => unknown)[];
}

/** Builds the statement with marks in place of values. Symbols: whoever reads more of a value than that it is there fails at once. */
function compileOnce<const Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
): Remembered<Values, Row> {
  const marks: readonly unknown[] = Array.from({ length: build.length - 1 }, (_, index) =>
    Symbol(`value ${index + 1}`),
  );
  const compiled = build(writer, ...(marks as Values)).compile(writer);
  const lost = marks.find((mark) => !compiled.parameters.includes(mark));
  if (lost !== undefined)
    throw new Error(`a remembered statement does not use ${String(lost)} as a parameter`);
  const parameters = compiled.parameters.map((parameter) => {
    const index = marks.indexOf(parameter);
    return index === -1 ? () => parameter : (values: Values) => values[index];
  });
  return { compiled, name: nameStatement(compiled.sql), parameters };
}

/**
 * A statement that is asked all day, put together once a process and prepared once a connection instead of at each call (docs/decisions/0034-*.md); answers its rows.
 * `build` gets marks instead of values and may do nothing with them but hand them to Kysely as parameters: a list goes in as one, with
 * `= any(…)`, and what depends on a value is another statement. Values that are left out by a default or a rest parameter are not seen.
 */
export function rememberRows<const Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
): (db: Reader, ...values: Values) => Promise<Row[]> {
  let remembered: Remembered<Values, Row> | undefined;
  return async (db, ...values) => {
    const { compiled, name, parameters: parametersOf } = (remembered ??= compileOnce(build));
    const parameters = parametersOf.map((parameterOf) => parameterOf(values));
    if (db instanceof Together) return db.ask<Row>({ name, text: compiled.sql }, parameters);
    const { rows } = await db.executeQuery<Row>({ ...compiled, parameters });
    return rows;
  };
}

/** The same for a statement that has one row or none. */
export function rememberRow<const Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
): (db: Reader, ...values: Values) => Promise<Row | undefined> {
  const rows = rememberRows(build);
  return async (db, ...values) => (await rows(db, ...values))[0];
}
