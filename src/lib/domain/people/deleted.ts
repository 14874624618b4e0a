/**
 * What stands where words about a person stood who has been taken out (npm run person:delete). It is data and stays in the database, in the
 * register's language; no page shows it.
 */
export const DELETED_WORDS = '削除済み';
