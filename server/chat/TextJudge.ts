// What the word filter's verdict means for a message of the chat.
import { may } from '../contract/permissions.ts'
import { AppError } from '../core/AppError.ts'
import type { Sanctions } from '../moderation/Sanctions.ts'
import type { WordFilter } from '../moderation/words/WordFilter.ts'
import type { KnownCaller } from './Callers.ts'

export class TextJudge {
  readonly #words: WordFilter
  readonly #sanctions: Sanctions

  constructor({ words, sanctions }: { words: WordFilter; sanctions: Sanctions }) {
    this.#words = words
    this.#sanctions = sanctions
  }

  /**
   * @returns the text to show, and whether a moderator looks at it first
   * @throws AppError word-refused; muted with `retryAfter` when the word also mutes
   */
  async judge({ channel, user, role }: KnownCaller, text: string): Promise<{ readonly text: string; readonly held: boolean }> {
    const verdict = await this.#words.judge(text, channel.id)
    switch (verdict.action) {
      case 'pass':
        return { text, held: false }
      case 'replace':
        return { text: verdict.text, held: false }
      case 'hold':
        // Who decides on held messages needs no decision on their own.
        return { text, held: !may(role, 'chat:review') }
      case 'refuse':
        throw refused()
      case 'mute': {
        const until = new Date(Date.now() + verdict.muteSeconds * 1000)
        const muted = await this.#sanctions.mute({ channel, target: user, actor: null, until, reason: 'word filter' })
        throw muted ? new AppError('muted', { message: 'This word is not allowed here: you are muted for a while', retryAfter: verdict.muteSeconds }) : refused()
      }
    }
  }
}

const refused = (): AppError => new AppError('word-refused', { message: 'This message has a word that is not allowed here' })
