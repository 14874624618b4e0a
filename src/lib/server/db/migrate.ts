import { promises as fs } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Kysely, Migrator, PostgresDialect, type Migration, type MigrationProvider } from 'kysely';
import pg from 'pg';

const MIGRATION_FILE = /^\d{4}_[a-z_]+\.ts$/;

class MigrationFolder implements MigrationProvider {
  readonly #folder: string;
  constructor(folder: string) {
    this.#folder = folder;
  }
  async getMigrations(): Promise<Record<string, Migration>> {
    const migrations: Record<string, Migration> = {};
    for (const file of (await fs.readdir(this.#folder)).sort()) {
      if (!MIGRATION_FILE.test(file)) continue;
      migrations[file.replace('.ts', '')] = (await import(
        /* @vite-ignore */ pathToFileURL(path.join(this.#folder, file)).href
      )) as Migration;
    }
    return migrations;
  }
}

/** Brings the database up to the newest migration; throws with the name of the one that failed. Forward only. */
export async function migrateToLatest(databaseUrl: string, folder: string): Promise<string[]> {
  const db = new Kysely<unknown>({
    dialect: new PostgresDialect({ pool: new pg.Pool({ connectionString: databaseUrl, max: 1 }) }),
  });
  try {
    const { error, results = [] } = await new Migrator({
      db,
      provider: new MigrationFolder(folder),
    }).migrateToLatest();
    if (error) {
      const failed = results.find((result) => result.status === 'Error')?.migrationName ?? 'unknown';
      throw new Error(`migration ${failed} failed`, { cause: error });
    }
    return results.map((result) => result.migrationName);
  } finally {
    await db.destroy();
  }
}
