// Answers from one snapshot of a channel who is what, who is muted and who is kept out.
import type { User } from '../accounts/userStore.ts'
import type { Visitor } from '../accounts/Visitors.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { BroadcastId, UserId } from '../contract/ids.ts'
import type { ChannelRole } from '../contract/people.ts'
import { roleIn } from './roleIn.ts'
import type { Sanction, Standing } from './Standings.ts'

/** An address changes hands: it stands for the person that was kept out no longer than this. */
export const ADDRESS_HOLDS_MS = 7 * 86_400_000
/** Browsers and addresses kept of one sanction: enough for a person, too few to lock a city out. */
export const MAX_TRACES = 40

export type MuteFact = Sanction & { readonly userId: UserId; readonly broadcastId: BroadcastId | null }
export type KeptOutFact = Sanction & { readonly id: string; readonly userId: UserId | null }
export type Trace = { readonly kind: 'visitor' | 'address'; readonly value: string; readonly seenAt: Date; readonly sanctionId: string }

export type StandingSnapshot = {
  readonly moderators: ReadonlySet<UserId>
  readonly mutes: readonly MuteFact[]
  readonly keptOut: readonly KeptOutFact[]
  readonly traces: readonly Trace[]
}

type Options = {
  readonly channel: Pick<Channel, 'ownerId'>
  readonly snapshot: StandingSnapshot
  readonly now?: () => number
  /** Someone kept out was seen with a browser or address not yet known. */
  readonly onNewTrace?: (sanctionId: string, visitor: Visitor) => void
}

export class ChannelStanding implements Standing {
  readonly #channel: Pick<Channel, 'ownerId'>
  readonly #moderators: ReadonlySet<UserId>
  readonly #mutes: ReadonlyMap<UserId, MuteFact>
  readonly #outUsers = new Map<string, KeptOutFact[]>()
  readonly #outVisitors = new Map<string, KeptOutFact[]>()
  readonly #outAddresses = new Map<string, Array<KeptOutFact & { readonly seenAt: number }>>()
  readonly #known: Set<string>
  readonly #tracesOf = new Map<string, number>()
  readonly #now: () => number
  readonly #onNewTrace: (sanctionId: string, visitor: Visitor) => void

  constructor({ channel, snapshot, now = Date.now, onNewTrace = () => undefined }: Options) {
    this.#channel = channel
    this.#moderators = snapshot.moderators
    this.#now = now
    this.#onNewTrace = onNewTrace
    this.#mutes = new Map(snapshot.mutes.map((mute) => [mute.userId, mute]))
    this.#known = new Set(snapshot.traces.map(({ sanctionId, value }) => `${sanctionId} ${value}`))
    const byId = new Map(snapshot.keptOut.map((fact) => [fact.id, fact]))
    for (const fact of snapshot.keptOut) if (fact.userId) push(this.#outUsers, fact.userId, fact)
    for (const { kind, value, seenAt, sanctionId } of snapshot.traces) {
      this.#tracesOf.set(sanctionId, (this.#tracesOf.get(sanctionId) ?? 0) + 1)
      const fact = byId.get(sanctionId)
      if (!fact) continue
      if (kind === 'visitor') push(this.#outVisitors, value, fact)
      else push(this.#outAddresses, value, { ...fact, seenAt: seenAt.getTime() })
    }
  }

  roleOf(user: User | undefined): ChannelRole {
    return roleIn(this.#channel, user, user !== undefined && this.#moderators.has(user.id))
  }

  mutedOf(user: User, broadcastId: BroadcastId | null): Sanction | null {
    const mute = this.#mutes.get(user.id)
    const role = this.roleOf(user)
    if (!mute || (role !== 'viewer' && role !== 'moderator') || !this.#holds(mute)) return null
    if (mute.broadcastId !== null && mute.broadcastId !== broadcastId) return null
    return { until: mute.until, reason: mute.reason }
  }

  keptOut(who: Visitor & { readonly user: User | undefined }): Sanction | null {
    const { user, visitorId, addressHash } = who
    const role = this.roleOf(user)
    if (role !== 'viewer' && role !== 'visitor') return null
    const now = this.#now()
    const own = user ? this.#longest(this.#outUsers.get(user.id)) : undefined
    if (own) this.#learn(own.id, who)
    const found = own ?? this.#longest(this.#outVisitors.get(visitorId))
    if (found) return { until: found.until, reason: found.reason }
    const near = user ? undefined : this.#longest(this.#outAddresses.get(addressHash)?.filter(({ seenAt }) => now - seenAt < ADDRESS_HOLDS_MS))
    // Whoever shares the address is not told what somebody else did.
    return near ? { until: near.until, reason: '' } : null
  }

  bars(user: User): boolean {
    return this.roleOf(user) === 'viewer' && this.#longest(this.#outUsers.get(user.id)) !== undefined
  }

  #learn(sanctionId: string, visitor: Visitor): void {
    const unknown = [visitor.addressHash, ...(isBrowser(visitor) ? [visitor.visitorId] : [])].map((value) => `${sanctionId} ${value}`).filter((key) => !this.#known.has(key))
    if (unknown.length === 0 || (this.#tracesOf.get(sanctionId) ?? 0) >= MAX_TRACES) return
    for (const key of unknown) this.#known.add(key)
    this.#onNewTrace(sanctionId, visitor)
  }

  #holds({ until }: Sanction): boolean {
    return until === null || until.getTime() > this.#now()
  }

  #longest<S extends Sanction>(sanctions: readonly S[] | undefined): S | undefined {
    return sanctions?.filter((sanction) => this.#holds(sanction)).reduce<S | undefined>((longest, next) => (!longest || endOf(next) > endOf(longest) ? next : longest), undefined)
  }
}

/** False for one without the cookie, who is known by the address alone. */
export const isBrowser = ({ visitorId }: Visitor): boolean => !visitorId.startsWith('a-')

const endOf = ({ until }: Sanction): number => until?.getTime() ?? Infinity

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
