// Tells a message of nothing but emoji, for emote-only rooms.

/** RGI emoji cover ZWJ sequences, flags, keycaps and skin tones; single pictographs without a variation selector count as well. */
const emotes = /\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|\s/gv

/** Taken out one by one: a pattern for the whole text would try each heart both ways. */
export function isEmoteOnly(text: string): boolean {
  return text.replace(emotes, '') === ''
}
