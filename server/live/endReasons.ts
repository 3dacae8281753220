// Why a broadcast ended, where others decide by it.

export const endReasons = {
  operator: 'stopped by the operator',
  report: 'an operator stopped it',
  locked: 'the account was locked',
  deleted: 'the account was deleted',
} as const

/** The platform ended it, not its host. */
export const platformEndings: ReadonlySet<string> = new Set([endReasons.operator, endReasons.report, endReasons.locked])
