// Judges a text by the platform's and the channel's lexicons.
import type { ChannelId } from '../../contract/ids.ts'
import type { Bus } from '../../realtime/Bus.ts'
import { CharacterFolder } from './CharacterFolder.ts'
import { judge } from './judge.ts'
import type { Lexicons, Scope } from './Lexicons.ts'
import { WordMatcher, readText } from './WordMatcher.ts'

/** `replaced`: show `text` instead; `held`: a moderator decides; `mute`: refuse and mute for `muteSeconds`. */
export type Verdict =
  | { readonly action: 'pass' }
  | { readonly action: 'replace'; readonly text: string }
  | { readonly action: 'hold' | 'refuse'; readonly word: string }
  | { readonly action: 'mute'; readonly word: string; readonly muteSeconds: number }

/** How old a list may be when another server's word of a change was lost. */
const FRESH_MS = 2000
const MAX_CHANNELS = 500

type Cached = { matcher: Promise<WordMatcher>; revision: Promise<number>; checkedAt: number; checking: Promise<boolean> | null }

export class WordFilter {
  readonly #lexicons: Lexicons
  readonly #bus: Bus
  readonly #folder = new CharacterFolder()
  readonly #cache = new Map<Scope, Cached>()
  readonly #forget = ({ channelId }: { channelId: Scope }): void => void this.#cache.delete(channelId)

  constructor({ lexicons, bus }: { lexicons: Lexicons; bus: Bus }) {
    this.#lexicons = lexicons
    this.#bus = bus
    bus.on('words-changed', this.#forget)
  }

  /** @param channelId null: the platform's lexicon alone (private chat, names). */
  async judge(text: string, channelId: ChannelId | null): Promise<Verdict> {
    const matchers = await Promise.all(channelId ? [this.#matcherOf(null), this.#matcherOf(channelId)] : [this.#matcherOf(null)])
    const readings = readText(text, this.#folder)
    return judge(text, matchers.flatMap((matcher) => matcher.find(readings)))
  }

  close(): void {
    this.#bus.off('words-changed', this.#forget)
    this.#cache.clear()
  }

  async #matcherOf(scope: Scope): Promise<WordMatcher> {
    const cached = this.#cache.get(scope)
    if (!cached) return this.#load(scope)
    if (Date.now() - cached.checkedAt < FRESH_MS) return cached.matcher
    cached.checking ??= this.#isCurrent(scope, cached).finally(() => (cached.checking = null))
    if (await cached.checking) return cached.matcher
    if (this.#cache.get(scope) === cached) this.#cache.delete(scope)
    return this.#cache.get(scope)?.matcher ?? this.#load(scope)
  }

  async #isCurrent(scope: Scope, cached: Cached): Promise<boolean> {
    const askedAt = Date.now()
    const [before, now] = await Promise.all([cached.revision, this.#lexicons.revisionOf(scope)])
    if (before === now) cached.checkedAt = askedAt
    return before === now
  }

  #load(scope: Scope): Promise<WordMatcher> {
    // Read before the words: a change between the two is loaded once more, never missed.
    const revision = this.#lexicons.revisionOf(scope)
    const matcher = revision.then(async (number) => new WordMatcher(number === 0 ? [] : await this.#lexicons.read(scope), this.#folder))
    const cached: Cached = { matcher, revision, checkedAt: Date.now(), checking: null }
    matcher.catch(() => this.#cache.get(scope) === cached && this.#cache.delete(scope))
    revision.catch(() => undefined)
    if (this.#cache.size >= MAX_CHANNELS) for (const key of [...this.#cache.keys()].slice(0, MAX_CHANNELS / 2)) this.#cache.delete(key)
    this.#cache.set(scope, cached)
    return matcher
  }
}
