// Tells a broken unique index from other database errors.

/** True for MySQL's and MariaDB's ER_DUP_ENTRY (1062). */
export function isDuplicate(error: unknown): error is Error {
  return error instanceof Error && 'errno' in error && error.errno === 1062
}
