// Who sits in each channel on any server, in Redis: a person counts once however many seats, protocols and servers they use.
import type { ChannelId, ServerId, UserId } from '../contract/ids.ts'
import type { Redis } from '../core/openRedis.ts'

/** What nobody keeps any more goes by itself. */
const KEPT_MS = 60_000
const AT_ONCE = 500

/** A person's seat: until when it holds, and since when they are here (ms since 1970). */
export type Seating = { readonly subject: string; readonly until: number; readonly since: number }

/** How long someone who left is not taken for a newcomer: a reload, a tunnel. */
const BEEN_MS = 300_000

/** Takes a logged-in person off the list of those here, and notes when they were. */
const GONE = `
local function gone(subject, people, been, now)
  if string.sub(subject, 1, 2) ~= 'u:' then return end
  redis.call('ZREM', people, string.sub(subject, 3))
  redis.call('ZADD', been, now, string.sub(subject, 3))
  redis.call('ZREMRANGEBYSCORE', been, '-inf', now - ${BEEN_MS})
  redis.call('PEXPIRE', been, ${BEEN_MS})
end`

/** KEYS: viewers, servers, this server's own, people, been. ARGV: subject, now, prefix of a server's own key. The person stays while another server seats them. */
const LEAVE = `${GONE}
redis.call('ZREM', KEYS[3], ARGV[1])
for _, server in ipairs(redis.call('ZRANGEBYSCORE', KEYS[2], ARGV[2], '+inf')) do
  local held = redis.call('ZSCORE', ARGV[3] .. server, ARGV[1])
  if held and tonumber(held) > tonumber(ARGV[2]) then return 0 end
end
redis.call('ZREM', KEYS[1], ARGV[1])
gone(ARGV[1], KEYS[4], KEYS[5], tonumber(ARGV[2]))
return 1`

/** KEYS: viewers, people, been. ARGV: now. Drops who was not kept, and counts. */
const COUNT = `${GONE}
local late = redis.call('ZRANGEBYSCORE', KEYS[1], '-inf', ARGV[1])
if #late > 0 then redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', ARGV[1]) end
for _, subject in ipairs(late) do gone(subject, KEYS[2], KEYS[3], tonumber(ARGV[1])) end
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
    const { viewers, servers, own, people, been, prefix } = this.#keys(channelId)
    const pipeline = this.#redis.pipeline()
    for (const subject of subjects) pipeline.eval(LEAVE, 5, viewers, servers, own, people, been, subject, Date.now(), prefix)
    throwFirst(await pipeline.exec())
  }

  async count(channelId: ChannelId): Promise<number> {
    const { viewers, people, been } = this.#keys(channelId)
    return Number(await this.#redis.eval(COUNT, 3, viewers, people, been, Date.now()))
  }

  /** Logged-in people, newest first. */
  async people(channelId: ChannelId, limit: number): Promise<{ readonly ids: UserId[]; readonly total: number }> {
    const { people } = this.#keys(channelId)
    await this.count(channelId)
    const [ids, total] = await Promise.all([this.#redis.zrevrange(people, 0, limit - 1), this.#redis.zcard(people)])
    return { ids: ids as UserId[], total }
  }

  /** Whether someone is here already, or was in the last minutes. */
  async wasHere(channelId: ChannelId, userId: UserId): Promise<boolean> {
    const { people, been } = this.#keys(channelId)
    const [here, before] = await Promise.all([this.#redis.zscore(people, userId), this.#redis.zscore(been, userId)])
    return here !== null || (before !== null && Date.now() - Number(before) < BEEN_MS)
  }

  #keys(channelId: ChannelId) {
    const viewers = `viewers:{${channelId}}`
    const prefix = `${viewers}:at:`
    return { viewers, prefix, servers: `${viewers}:servers`, own: `${prefix}${this.#serverId}`, people: `${viewers}:people`, been: `${viewers}:been` }
  }
}

/** A pipeline that reached Redis answers errors command by command. */
function throwFirst(results: ReadonlyArray<readonly [Error | null, unknown]> | null): void {
  const failed = results?.find(([error]) => error !== null)?.[0]
  if (failed) throw failed
}
