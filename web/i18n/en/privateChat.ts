// English words of: messages.
export const privateChat = {
  title: 'Messages',
}
