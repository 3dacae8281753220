// English words of: chat.
export const chat = {
  title: 'Chat',
}
