// Makes one list of an account's entries that lie in several rows: one line a transfer, newest first.
import type { TransferType } from '../contract/wallet.ts'

export type LaneEntry = { readonly id: string; readonly transferId: string; readonly amount: bigint; readonly at: Date; readonly type: TransferType; readonly note: string }
/** Its entries have the ids from `firstId` to `lastId`. */
export type LaneLine = Omit<LaneEntry, 'id'> & { readonly firstId: string; readonly lastId: string }

/**
 * @param lanes each row's entries, newest first; the entries of one transfer are neighbours, at most one in each row
 * @param take so many entries of a row were asked for, at least two: a row that gave as many has more
 * @returns the transfers of which nothing can be missing; `complete`: these are all
 */
export function joinLanes(lanes: ReadonlyArray<readonly LaneEntry[]>, take: number): { readonly lines: readonly LaneLine[]; readonly complete: boolean } {
  const ends = lanes.flatMap((entries) => (entries.length >= take ? [BigInt(entries.at(-1)?.id ?? 0)] : []))
  const floor = ends.reduce((highest, end) => (end > highest ? end : highest), 0n)
  const entries = lanes.flat().filter(({ id }) => BigInt(id) >= floor).sort((one, other) => (BigInt(one.id) > BigInt(other.id) ? -1 : 1))
  const lines: LaneLine[] = []
  for (const { id, ...entry } of entries) {
    const line = lines.at(-1)
    if (line?.transferId === entry.transferId) lines[lines.length - 1] = { ...line, firstId: id, amount: line.amount + entry.amount }
    else lines.push({ ...entry, firstId: id, lastId: id })
  }
  // The last one may go on in rows that were not read so far.
  if (ends.length > 0) lines.pop()
  return { lines, complete: ends.length === 0 }
}
