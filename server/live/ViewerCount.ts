// How many people watch a channel, all protocols and servers together: everyone once, and nobody who is gone for more than 2 s.
import { EventEmitter } from 'node:events'
import type { ChannelId, UserId } from '../contract/ids.ts'
import type { Logger } from '../core/logger.ts'
import type { SeatBook, Seating } from './SeatBook.ts'
import { subjectOf } from './whoWatches.ts'
import type { Who } from './whoWatches.ts'

export type ViewerMode = 'webrtc' | 'hls' | 'whep' | 'flv'
export type Seat = { change(mode: ViewerMode): void; release(): void }
export type SeatedChannel = { readonly id: ChannelId; readonly name: string }

const SEAT_MS = 15_000
const KEEP_MS = 5000
const TICK_MS = 1000

type Person = { readonly since: number; readonly seats: Set<{ mode: ViewerMode }>; /** A player without a connection counts until then. */ playerUntil: number }
type Local = { readonly channel: SeatedChannel; readonly people: Map<string, Person>; readonly left: Set<string>; readonly joined: Set<string>; viewers: number; followers: number; keptAt: number }

export type ViewerEvents = {
  /** At most once a second, on each server that has viewers or followers of the channel, when it differs. */
  counted: [{ channelId: ChannelId; channel: string; viewers: number }]
  /** Someone who is logged in came, and was not here in the last minutes. */
  entered: [{ channelId: ChannelId; channel: string; userId: UserId }]
}

export class ViewerCount extends EventEmitter<ViewerEvents> {
  readonly #book: SeatBook
  readonly #log: Logger
  readonly #locals = new Map<ChannelId, Local>()
  readonly #timer: NodeJS.Timeout
  #ticking = false

  constructor({ book, log }: { book: SeatBook; log: Logger }) {
    super()
    this.#book = book
    this.#log = log
    this.#timer = setInterval(() => void this.#tick(), TICK_MS).unref()
  }

  /** Takes a seat for as long as it is not released. */
  take({ channel, who, mode }: { channel: SeatedChannel; who: Who; mode: ViewerMode }): Seat {
    const local = this.#local(channel)
    const subject = subjectOf(who)
    const person = this.#person(local, subject)
    const seat = { mode }
    if (person.seats.size === 0 && who.user) void this.#tellEntered(channel, who.user.id)
    person.seats.add(seat)
    return {
      change: (next) => (seat.mode = next),
      release: () => {
        if (person.seats.delete(seat)) this.#leaveIfGone(local, subject, person)
      },
    }
  }

  /** Someone without a connection (an HLS player outside our pages) was heard of. */
  touch({ channel, who, forMs }: { channel: SeatedChannel; who: Who; forMs: number }): void {
    const local = this.#local(channel)
    const subject = subjectOf(who)
    this.#person(local, subject).playerUntil = Date.now() + forMs
    local.joined.add(subject)
  }

  /** Keeps counting a channel that this server may have no viewers of. @returns what ends it */
  follow(channel: SeatedChannel): () => void {
    const local = this.#local(channel)
    local.followers += 1
    let following = true
    return () => {
      if (following) local.followers -= 1
      following = false
    }
  }

  /** As last counted, at most two seconds ago; 0 where this server has no viewers of it. */
  of(channelId: ChannelId): number {
    return this.#locals.get(channelId)?.viewers ?? 0
  }

  /** Logged-in people of all servers, newest first. @throws when Redis is out of reach */
  peopleOf(channelId: ChannelId, limit: number): Promise<{ readonly ids: UserId[]; readonly total: number }> {
    return this.#book.people(channelId, limit)
  }

  /** Seats of this server, by mode. */
  byMode(): Record<ViewerMode, number> {
    const modes = { webrtc: 0, hls: 0, whep: 0, flv: 0 }
    for (const { people } of this.#locals.values())
      for (const { seats, playerUntil } of people.values()) {
        for (const { mode } of seats) modes[mode] += 1
        if (seats.size === 0 && playerUntil > Date.now()) modes.hls += 1
      }
    return modes
  }

  close(): void {
    clearInterval(this.#timer)
  }

  #local(channel: SeatedChannel): Local {
    const known = this.#locals.get(channel.id)
    if (known) return known
    const local: Local = { channel, people: new Map(), left: new Set(), joined: new Set(), viewers: 0, followers: 0, keptAt: 0 }
    this.#locals.set(channel.id, local)
    return local
  }

  #person(local: Local, subject: string): Person {
    const known = local.people.get(subject)
    if (known) return known
    const person: Person = { since: Date.now(), seats: new Set(), playerUntil: 0 }
    local.people.set(subject, person)
    local.left.delete(subject)
    local.joined.add(subject)
    return person
  }

  async #tellEntered({ id, name }: SeatedChannel, userId: UserId): Promise<void> {
    try {
      if (!(await this.#book.wasHere(id, userId))) this.emit('entered', { channelId: id, channel: name, userId })
    } catch (error) {
      this.#log.warn({ err: error }, 'whether a viewer came anew is not known')
    }
  }

  #leaveIfGone(local: Local, subject: string, { seats, playerUntil }: Person): void {
    if (seats.size > 0 || playerUntil > Date.now()) return
    local.people.delete(subject)
    local.joined.delete(subject)
    local.left.add(subject)
  }

  async #tick(): Promise<void> {
    if (this.#ticking) return
    this.#ticking = true
    try {
      for (const local of this.#locals.values()) await this.#count(local)
    } catch (error) {
      this.#log.warn({ err: error }, 'viewers could not be counted')
    } finally {
      this.#ticking = false
    }
  }

  async #count(local: Local): Promise<void> {
    const { channel, people, left } = local
    for (const [subject, person] of people) this.#leaveIfGone(local, subject, person)
    const leaving = [...left]
    await this.#book.leave(channel.id, leaving)
    for (const subject of leaving) left.delete(subject)
    await this.#keep(local, Date.now() - local.keptAt > KEEP_MS)
    let viewers = await this.#book.count(channel.id)
    // Redis has lost some of ours: it was restarted.
    if (viewers < people.size - local.joined.size) {
      await this.#keep(local, true)
      viewers = await this.#book.count(channel.id)
    }
    if (viewers !== local.viewers) {
      local.viewers = viewers
      this.emit('counted', { channelId: channel.id, channel: channel.name, viewers })
    }
    if (people.size === 0 && local.followers === 0 && left.size === 0 && this.#locals.get(channel.id) === local) this.#locals.delete(channel.id)
  }

  /** Writes down who came, or everyone who is here. */
  async #keep(local: Local, everyone: boolean): Promise<void> {
    const now = Date.now()
    const subjects = everyone ? [...local.people.keys()] : [...local.joined]
    if (everyone) local.keptAt = now
    local.joined.clear()
    const seatings = subjects.flatMap((subject): Seating[] => {
      const person = local.people.get(subject)
      return person ? [{ subject, since: person.since, until: person.seats.size > 0 ? now + SEAT_MS : person.playerUntil }] : []
    })
    try {
      await this.#book.keep(local.channel.id, seatings)
    } catch (error) {
      local.keptAt = 0
      throw error
    }
  }
}
