// Tells a message of nothing but emoji, for emote-only rooms.

/** RGI emoji cover ZWJ sequences, flags, keycaps and skin tones; single pictographs without a variation selector count as well. */
const emotes = /^(?:\p{RGI_Emoji}|\p{Extended_Pictographic}\uFE0F?|\s)+$/v

export function isEmoteOnly(text: string): boolean {
  return emotes.test(text)
}
