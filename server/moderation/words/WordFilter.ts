// Judges a text by the platform's and the channel's lexicons.
import type { ChannelId } from '../../contract/ids.ts'

/** `replaced`: show `text` instead; `held`: a moderator decides; `mute`: refuse and mute for `muteSeconds`. */
export type Verdict =
  | { readonly action: 'pass' }
  | { readonly action: 'replace'; readonly text: string }
  | { readonly action: 'hold' | 'refuse'; readonly word: string }
  | { readonly action: 'mute'; readonly word: string; readonly muteSeconds: number }

export class WordFilter {
  /** @param channelId null: the platform's lexicon alone (private chat, names). */
  judge(_text: string, _channelId: ChannelId | null): Promise<Verdict> {
    return Promise.resolve({ action: 'pass' })
  }
}
