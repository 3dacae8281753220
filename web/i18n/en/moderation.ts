// English words of: moderation.
export const moderation = {
  title: 'Moderation',
}
