// SQL of the catalogue: gifts with their drafts, and versions that never change.
import type { GiftDraft } from '../contract/gifts.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import { starterGifts } from './starterGifts.ts'

export type PublishedGift = { readonly id: string; readonly version: number; readonly draft: GiftDraft; readonly retired: boolean }
export type StoredGift = { readonly id: string; readonly draft: GiftDraft; readonly version: number | null; readonly retired: boolean }
type GiftRow = { id: string; draft: string; version: number | null; retired: number }

const read = (draft: string): GiftDraft => JSON.parse(draft) as GiftDraft
const toGift = ({ id, draft, version, retired }: GiftRow): StoredGift => ({ id, draft: read(draft), version, retired: Boolean(retired) })

/** Every gift that was ever published, at its newest version. */
export async function publishedGifts(database: Database): Promise<PublishedGift[]> {
  const rows = (await database('gifts as g')
    .join('gift_versions as v', (on) => on.on('v.gift_id', 'g.id').andOn('v.version', 'g.version'))
    .select('g.id', 'g.version', 'g.retired', 'v.draft')) as Array<GiftRow & { version: number }>
  return rows.map((row) => ({ id: row.id, version: row.version, draft: read(row.draft), retired: Boolean(row.retired) }))
}

export async function findVersion(database: Database, id: string, version: number): Promise<GiftDraft | undefined> {
  const row = (await database('gift_versions').where({ gift_id: id, version }).first('draft')) as { draft: string } | undefined
  return row && read(row.draft)
}

export async function listGifts(database: Database): Promise<StoredGift[]> {
  return ((await database('gifts').select('id', 'draft', 'version', 'retired')) as GiftRow[]).map(toGift)
}

/** @param within a transaction that means to change it: the row is locked */
export async function lockGift(within: Database, id: string): Promise<StoredGift | undefined> {
  const row = (await within('gifts').where({ id }).forUpdate().first('id', 'draft', 'version', 'retired')) as GiftRow | undefined
  return row && toGift(row)
}

export async function insertGift(database: Database, id: string, draft: GiftDraft): Promise<void> {
  await database('gifts').insert({ id, draft: JSON.stringify(draft), version: null, changed_at: new Date() })
}

export async function updateGift(within: Database, id: string, change: { draft?: GiftDraft; version?: number; retired?: boolean }): Promise<void> {
  const { draft, ...rest } = change
  await within('gifts').where({ id }).update({ ...rest, ...(draft ? { draft: JSON.stringify(draft) } : {}), changed_at: new Date() })
}

export async function insertVersion(within: Database, id: string, version: number, draft: GiftDraft): Promise<void> {
  await within('gift_versions').insert({ gift_id: id, version, draft: JSON.stringify(draft), published_at: new Date() })
}

/** How often each gift was sent. */
export async function sentCounts(database: Database): Promise<ReadonlyMap<string, number>> {
  const rows = (await database('gift_sendings').groupBy('gift_id').select('gift_id').sum({ sent: 'quantity' })) as unknown as Array<{ gift_id: string; sent: string }>
  return new Map(rows.map((row) => [row.gift_id, Number(row.sent)]))
}

/** Puts the starter set on sale where there is no gift at all; gifts are never deleted, so that is once. @returns whether there was none */
export async function addStarterGifts(database: Database): Promise<boolean> {
  return transact(database, async (within) => {
    if ((await within('gifts').first('id')) !== undefined) return false
    const now = new Date()
    await within('gift_versions').insert(starterGifts.map(({ id, draft }) => ({ gift_id: id, version: 1, draft: JSON.stringify(draft), published_at: now }))).onConflict(['gift_id', 'version']).ignore()
    await within('gifts').insert(starterGifts.map(({ id, draft }) => ({ id, draft: JSON.stringify(draft), version: 1, changed_at: now }))).onConflict('id').ignore()
    return true
  })
}
