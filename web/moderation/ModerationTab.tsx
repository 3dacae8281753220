// The studio's tab of moderators, sanctions, words and the record.
export type ModerationTabProps = { readonly channel: string }

export function ModerationTab(_props: ModerationTabProps) {
  return null
}
