// The studio's tab to announce shows.
export type ScheduleTabProps = { readonly channel: string }

export function ScheduleTab(_props: ScheduleTabProps) {
  return null
}
