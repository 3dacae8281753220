// Reports a broadcast, a person or a message, with a reason.
export type ReportButtonProps = { readonly about: { readonly type: 'broadcast' | 'user' | 'message'; readonly id: string; readonly channel: string | null } }

export function ReportButton(_props: ReportButtonProps) {
  return null
}
