// Judges a text by the platform's and the channel's lexicons.
import type { ChannelId } from '../../contract/ids.ts'
import { RevisedCache } from '../../core/RevisedCache.ts'
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

export class WordFilter {
  readonly #lexicons: Lexicons
  readonly #bus: Bus
  readonly #folder = new CharacterFolder()
  readonly #cache: RevisedCache<Scope, WordMatcher>
  readonly #forget = ({ channelId }: { channelId: Scope }): void => this.#cache.forget(channelId)

  constructor({ lexicons, bus }: { lexicons: Lexicons; bus: Bus }) {
    this.#lexicons = lexicons
    this.#bus = bus
    this.#cache = new RevisedCache({ freshMs: FRESH_MS, maxKeys: MAX_CHANNELS, revisionOf: (scope) => lexicons.revisionOf(scope) })
    bus.on('words-changed', this.#forget)
  }

  /** @param channelId null: the platform's lexicon alone (private chat, names in follow lines). */
  async judge(text: string, channelId: ChannelId | null): Promise<Verdict> {
    const matchers = await Promise.all(channelId ? [this.#matcherOf(null), this.#matcherOf(channelId)] : [this.#matcherOf(null)])
    const readings = readText(text, this.#folder)
    return judge(text, matchers.flatMap((matcher) => matcher.find(readings)))
  }

  close(): void {
    this.#bus.off('words-changed', this.#forget)
    this.#cache.forgetAll()
  }

  #matcherOf(scope: Scope): Promise<WordMatcher> {
    return this.#cache.get(scope, async (revision) => new WordMatcher(revision === 0 ? [] : await this.#lexicons.read(scope), this.#folder))
  }
}
