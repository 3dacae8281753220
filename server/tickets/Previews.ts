// Remembers in MySQL when each person's one free preview of a show began, so that no tab, reload, protocol, server or emptied Redis gives another.
import type { BroadcastId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'
import type { Who } from '../live/whoWatches.ts'
import { isBrowser } from '../moderation/ChannelStanding.ts'

/** Browsers without an account at one address that get a preview of their own: a household, but no endless row of fresh cookies. */
export const PREVIEWS_AN_ADDRESS = 3
/** A preview's beginning never changes; this only bounds what is kept. */
const KEPT = 20_000

export class Previews {
  readonly #database: Database
  readonly #known = new Map<string, number>()

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  /** Ms since 1970; null: it has not begun. */
  async beganAt(broadcastId: BroadcastId, who: Who): Promise<number | null> {
    const subjects = subjectsOf(who)
    const name = `${broadcastId} ${subjects.join(' ')}`
    const known = this.#known.get(name)
    if (known !== undefined) return known
    const found = await this.#earliest(broadcastId, subjects)
    if (found !== null) this.#keep(name, found)
    return found
  }

  /** Begins it, if nobody did before. @returns when it began */
  async begin(broadcastId: BroadcastId, who: Who): Promise<number> {
    const subjects = subjectsOf(who)
    const before = await this.#earliest(broadcastId, subjects)
    const beganAt = new Date(before ?? (await this.#ofCrowdedAddress(broadcastId, who)) ?? Date.now())
    const addressHash = who.user ? null : who.addressHash
    await this.#database('ticket_previews')
      .insert(subjects.map((subject) => ({ broadcast_id: broadcastId, subject, address_hash: addressHash, began_at: beganAt })))
      .onConflict(['broadcast_id', 'subject'])
      .ignore()
    // Another tab or server may have been a moment earlier.
    const earliest = (await this.#earliest(broadcastId, subjects)) ?? beganAt.getTime()
    this.#keep(`${broadcastId} ${subjects.join(' ')}`, earliest)
    return earliest
  }

  async #earliest(broadcastId: BroadcastId, subjects: readonly string[]): Promise<number | null> {
    const row = (await this.#database('ticket_previews').where({ broadcast_id: broadcastId }).whereIn('subject', subjects).min({ at: 'began_at' }).first()) as { at: Date | null } | undefined
    return row?.at?.getTime() ?? null
  }

  async #ofCrowdedAddress(broadcastId: BroadcastId, { user, addressHash }: Who): Promise<number | undefined> {
    if (user) return undefined
    const rows = (await this.#database('ticket_previews').where({ broadcast_id: broadcastId, address_hash: addressHash }).orderBy('began_at').limit(PREVIEWS_AN_ADDRESS).select('began_at')) as Array<{ began_at: Date }>
    return rows.length < PREVIEWS_AN_ADDRESS ? undefined : rows[0]?.began_at.getTime()
  }

  #keep(name: string, beganAt: number): void {
    const [oldest] = this.#known.keys()
    if (this.#known.size >= KEPT && oldest !== undefined) this.#known.delete(oldest)
    this.#known.set(name, beganAt)
  }
}

/** The account and the browser it sits before; without an account the browser, or the address where there is no cookie. */
const subjectsOf = (who: Who): string[] => [...(who.user ? [`u:${who.user.id}`] : []), ...(who.user && !isBrowser(who) ? [] : [`v:${who.visitorId}`])]
