// Broadcasts that another server is said to carry: what a page shows of them, without any media.
import { newId } from '../../server/core/newId.ts'
import type { Redis } from '../../server/core/openRedis.ts'
import type { Database } from '../../server/db/openDatabase.ts'

const TOLD_MS = 5000

export class LiveElsewhere {
  readonly #database: Database
  readonly #redis: Redis
  readonly #serverId = newId<string>()
  readonly #viewers = new Map<string, number>()
  readonly #timer: NodeJS.Timeout

  constructor({ database, redis }: { database: Database; redis: Redis }) {
    this.#database = database
    this.#redis = redis
    this.#timer = setInterval(() => void Promise.all([...this.#viewers].map(([id, viewers]) => this.#tell(id, viewers))), 500)
  }

  /** @returns the broadcast's id */
  async begin(channel: string, viewers: number, { minutesAgo = 60 } = {}): Promise<string> {
    // A server that was heard of an hour from now stays alive for the length of a test.
    await this.#database.raw('INSERT IGNORE INTO servers (id, address, started_at, heard_at) VALUES (?, ?, UTC_TIMESTAMP(3), UTC_TIMESTAMP(3) + INTERVAL 1 HOUR)', [this.#serverId, 'elsewhere:1'])
    const id = newId<string>()
    const { id: channelId, title } = (await this.#database('channels').where({ name: channel }).first('id', 'title')) as { id: string; title: string }
    const at = new Date(Date.now() - minutesAgo * 60_000)
    await this.#database('broadcasts').insert({ id, channel_id: channelId, running_channel_id: channelId, title, source: 'rtmp', state: 'live', started_at: at, live_at: at, server_id: this.#serverId, publish_id: newId() })
    this.#viewers.set(id, viewers)
    await this.#tell(id, viewers)
    return id
  }

  close(): void {
    clearInterval(this.#timer)
  }

  async #tell(id: string, viewers: number): Promise<void> {
    await this.#redis.set(`live:${id}`, JSON.stringify({ viewers, video: null, hasAudio: true, ingestMs: null }), 'PX', TOLD_MS)
  }
}
