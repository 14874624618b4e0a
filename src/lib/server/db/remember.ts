import type { CompiledQuery, Kysely } from 'kysely';
import { nameStatement } from './statement-names.ts';
import type { DB } from './tables.ts';

/** A transaction is one too. */
type Reader = Kysely<DB>;

/** What Kysely makes a statement of: a query builder, or `sql`. */
interface Statement<Row> {
  compile(db: Reader): CompiledQuery<Row>;
}

type Build<Values extends readonly unknown[], Row> = (db: Reader, ...values: Values) => Statement<Row>;

/** The text of a statement with, for each of its parameters, how it comes out of the values of a call. */
interface Remembered<Values extends readonly unknown[], Row> {
  readonly compiled: CompiledQuery<Row>;
  readonly parameters: readonly ((values: Values) => unknown)[];
}

/** Builds the statement with marks in place of values. Symbols: whoever reads more of a value than that it is there fails at once. */
function compileOnce<const Values extends readonly unknown[], Row>(
  build: Build<Values, Row>,
  db: Reader,
): Remembered<Values, Row> {
  const marks: readonly unknown[] = Array.from({ length: build.length - 1 }, (_, index) =>
    Symbol(`value ${index + 1}`),
  );
  const compiled = build(db, ...(marks as Values)).compile(db);
  const lost = marks.find((mark) => !compiled.parameters.includes(mark));
  if (lost !== undefined)
    throw new Error(`a remembered statement does not use ${String(lost)} as a parameter`);
  const parameters = compiled.parameters.map((parameter) => {
    const index = marks.indexOf(parameter);
    return index === -1 ? () => parameter : (values: Values) => values[index];
  });
  nameStatement(compiled.sql);
  return { compiled, parameters };
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
    remembered ??= compileOnce(build, db);
    const parameters = remembered.parameters.map((parameterOf) => parameterOf(values));
    const { rows } = await db.executeQuery<Row>({ ...remembered.compiled, parameters });
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
