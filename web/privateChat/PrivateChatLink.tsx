// The way to private chat in the header, with how much is unread.
export function PrivateChatLink() {
  return null
}
