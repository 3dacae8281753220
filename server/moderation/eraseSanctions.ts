// What becomes of the sanctions of a deleted account: a ban goes on for the browsers it knows, without saying whose they are.
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import { transact } from '../db/transact.ts'
import type { Bus } from '../realtime/Bus.ts'
import { raiseRevision } from './standingStore.ts'

type Row = { id: string | number; channel_id: ChannelId; kind: string; until: Date | null; active_key: string | null }

/** Else deleting an account would lift its ban. Mutes and what holds no more lose their browsers and addresses, too. May be repeated. */
export async function eraseSanctions({ database, bus }: { database: Database; bus: Bus }, userId: UserId): Promise<void> {
  const rows = (await database('sanctions').where({ user_id: userId }).select('id', 'channel_id', 'kind', 'until', 'active_key')) as Row[]
  for (const [channelId, sanctions] of Map.groupBy(rows, ({ channel_id: id }) => id)) {
    await transact(database, async (within) => {
      await raiseRevision(within, channelId)
      for (const sanction of sanctions) await eraseOne(within, sanction)
    })
    bus.tell('standing-changed', { channelId })
  }
}

async function eraseOne(within: Database, { id, kind, until, active_key: key }: Row): Promise<void> {
  const holds = key !== null && kind !== 'mute' && (until === null || until.getTime() > Date.now())
  if (!holds) await within('sanction_traces').where({ sanction_id: id }).delete()
  await within('sanctions').where({ id }).update({ user_id: null, active_key: holds ? `erased.${id}` : null })
}
