// SQL of reconciliations: what was found, kept for the back office.
import type { ReconciliationView } from '../contract/wallet.ts'
import type { Database } from '../db/openDatabase.ts'

export type ReconciliationReport = Pick<ReconciliationView, 'transfers' | 'accounts' | 'differences' | 'skipped'>
type Row = { id: string; cause: ReconciliationView['trigger']; started_at: Date; finished_at: Date | null; report: string | null }

const nothing: ReconciliationReport = { transfers: '0', accounts: 0, differences: [], skipped: [] }

export async function insertReconciliation(database: Database, { id, trigger, at }: { id: string; trigger: ReconciliationView['trigger']; at: Date }): Promise<void> {
  await database('reconciliations').insert({ id, cause: trigger, started_at: at })
}

export async function finishReconciliation(database: Database, id: string, { report, at }: { report: ReconciliationReport; at: Date }): Promise<void> {
  await database('reconciliations').where({ id }).update({ finished_at: at, report: JSON.stringify(report) })
}

/** The latest first. */
export async function listReconciliations(database: Database, limit: number): Promise<ReconciliationView[]> {
  const rows = (await database('reconciliations').orderBy('started_at', 'desc').limit(limit)) as Row[]
  return rows.map(({ id, cause, started_at, finished_at, report }) => ({
    id,
    trigger: cause,
    startedAt: started_at.toISOString(),
    finishedAt: finished_at?.toISOString() ?? null,
    ...(report ? (JSON.parse(report) as ReconciliationReport) : nothing),
  }))
}
