// Follow or unfollow a person; asks a visitor to log in.
export type FollowButtonProps = { readonly name: string; readonly compact?: boolean }

export function FollowButton(_props: FollowButtonProps) {
  return null
}
