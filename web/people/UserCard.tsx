// The card that opens on a person: follow, private chat, mention, and for moderators the tools in place.
export type UserCardProps = { readonly name: string; readonly channel: string; readonly onClose: () => void; readonly onMention?: (name: string) => void; readonly message?: { readonly id: string; readonly text: string } }

export function UserCard(_props: UserCardProps) {
  return null
}
