// The emoji a chatter reaches for, by category; and those used last.
import { remember, remembered } from '../client/remembered.ts'

export const emojiCategories = {
  faces: ['😀', '😂', '🤣', '😊', '😍', '🥰', '😘', '😎', '🤩', '🤔', '🙄', '😏', '😅', '😭', '😱', '😡', '🥺', '😴', '🤯', '🥳', '🫠', '😇', '🤗', '🤡'],
  hands: ['👍', '👎', '👏', '🙌', '🙏', '💪', '👋', '🤝', '✌️', '🤞', '👌', '🫶', '🤙', '👀', '🫡', '💃'],
  hearts: ['❤️', '🧡', '💛', '💚', '💙', '💜', '🖤', '🤍', '💖', '💔', '💯', '✨', '🔥', '💥', '⭐', '🌈'],
  party: ['🎉', '🎊', '🎁', '🏆', '🥇', '🎵', '🎤', '🎸', '🎮', '🚀', '⚽', '🏀', '🍿', '🍺', '☕', '🍕', '🍉', '🌹'],
  nature: ['🐶', '🐱', '🐼', '🦊', '🐸', '🐵', '🦄', '🐧', '🌸', '🌙', '☀️', '❄️'],
} as const

export type EmojiCategory = keyof typeof emojiCategories
export const emojiCategoryNames = Object.keys(emojiCategories) as EmojiCategory[]

const RECENT_KEY = 'footlight.emoji'
const RECENT = 16
const known: ReadonlySet<string> = new Set(Object.values(emojiCategories).flat())

export function recentEmoji(): string[] {
  try {
    const stored: unknown = JSON.parse(remembered(RECENT_KEY) ?? '[]')
    return Array.isArray(stored) ? stored.filter((emoji): emoji is string => typeof emoji === 'string' && known.has(emoji)).slice(0, RECENT) : []
  } catch {
    return []
  }
}

export function rememberEmoji(emoji: string): void {
  remember(RECENT_KEY, JSON.stringify([emoji, ...recentEmoji().filter((other) => other !== emoji)].slice(0, RECENT)))
}
