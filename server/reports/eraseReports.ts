// What becomes of reports when an account is deleted: those against it go with their evidence, those it made lose their author and words.
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { evidenceFolder } from './gatherEvidence.ts'

/** The audit record keeps that there were reports, and what was decided. May be repeated. */
export async function eraseReports({ database, mediaDir }: { database: Database; mediaDir: string }, userId: UserId): Promise<void> {
  const against = ((await database('reports').where({ accused_id: userId }).select('id')) as Array<{ id: string }>).map(({ id }) => id)
  for (const id of against) await rm(join(evidenceFolder(mediaDir), `${id}.jpg`), { force: true })
  await database('reports').whereIn('id', against).delete()
  await database('reports').where({ reporter_id: userId }).update({ reporter_id: null, text: '', open_key: null })
}
