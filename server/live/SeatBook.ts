// Who sits in each channel on any server, in Redis: a person counts once however many seats, protocols and servers they use.
import type { ChannelId, ServerId, UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'

/** What nobody keeps any more goes by itself. */
const KEPT_MS = 60_000
const AT_ONCE = 500

/** A person's seat: until when it holds, and since when they are here (ms since 1970). */
export type Seating = { readonly subject: string; readonly until: number; readonly since: number }

/** KEYS: viewers, servers, this server's own, people. ARGV: subject, now, prefix of a server's own key. The person stays while another server seats them. */
const LEAVE = `
redis.call('ZREM', KEYS[3], ARGV[1])
for _, server in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[2], '+inf')) do
  local held = redis.call('ZSCORE', ARGV[3] .. server, ARGV[1])
  if held and tonumber(held) > tonumber(ARGV[2]) then return 0 end
end
redis.call('ZREM', KEYS[1], ARGV[1])
if string.sub(ARGV[1], 1, 2) == 'u:' then redis.call('ZREM', KEYS[4], string.sub(ARGV[1], 3)) end
return 1`

/** KEYS: viewers, people. ARGV: now. Drops who was not kept, and counts. */
const COUNT = `
local gone = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if #gone > 0 then redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1]) end
for _, subject in ipairs(gone) do
  if string.sub(subject, 1, 2) == 'u:' then redis.call('ZREM', KEYS[2], string.sub(subject, 3)) end
end
return redis.call('ZCARD', KEYS[1])`

export class SeatBook {
  readonly #redis: Redis
  readonly #serverId: ServerId

  constructor({ redis, serverId }: { redis: Redis; serverId: ServerId }) {
    this.#redis = redis
    this.#serverId = serverId
  }

  /** Seats people at this server, or keeps them seated. */
  async keep(channelId: ChannelId, seatings: readonly Seating[]): Promise<void> {
    const { viewers, servers, own, people } = this.#keys(channelId)
    for (let at = 0; at < seatings.length; at += AT_ONCE) {
      const some = seatings.slice(at, at + AT_ONCE)
      const scores = some.flatMap(({ subject, until }) => [until, subject])
      const users = some.filter(({ subject }) => subject.startsWith('u:')).flatMap(({ subject, since }) => [since, subject.slice(2)])
      const pipeline = this.#redis.pipeline()
      // GT: what holds longer is not cut short.
      pipeline.call('ZADD', viewers, 'GT', ...scores)
      pipeline.call('ZADD', own, 'GT', ...scores)
      pipeline.call('ZADD', servers, 'GT', Math.max(...some.map(({ until }) => until)), this.#serverId)
      if (users.length > 0) pipeline.call('ZADD', people, 'NX', ...users)
      for (const key of [viewers, own, servers, people]) pipeline.pexpire(key, KEPT_MS)
      throwFirst(await pipeline.exec())
    }
  }

  /** They sit here no longer. */
  async leave(channelId: ChannelId, subjects: readonly string[]): Promise<void> {
    if (subjects.length === 0) return
    const { viewers, servers, own, people, prefix } = this.#keys(channelId)
    const pipeline = this.#redis.pipeline()
    for (const subject of subjects) pipeline.eval(LEAVE, 4, viewers, servers, own, people, subject, Date.now(), prefix)
    throwFirst(await pipeline.exec())
  }

  async count(channelId: ChannelId): Promise<number> {
    const { viewers, people } = this.#keys(channelId)
    return Number(await this.#redis.eval(COUNT, 2, viewers, people, Date.now()))
  }

  /** Logged-in people, newest first. */
  async people(channelId: ChannelId, limit: number): Promise<{ readonly ids: UserId[]; readonly total: number }> {
    const { people } = this.#keys(channelId)
    await this.count(channelId)
    const [ids, total] = await Promise.all([this.#redis.zrevrange(people, 0, limit - 1), this.#redis.zcard(people)])
    return { ids: ids as UserId[], total }
  }

  #keys(channelId: ChannelId) {
    const viewers = `viewers:{${channelId}}`
    const prefix = `${viewers}:at:`
    return { viewers, prefix, servers: `${viewers}:servers`, own: `${prefix}${this.#serverId}`, people: `${viewers}:people` }
  }
}

/** A pipeline that reached Redis answers errors command by command. */
function throwFirst(results: ReadonlyArray<readonly [Error | null, unknown]> | null): void {
  const failed = results?.find(([error]) => error !== null)?.[0]
  if (failed) throw failed
}
