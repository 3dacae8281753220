// The channel's next announced show: a countdown, and a reminder to set.
export type NextShowProps = { readonly channel: string }

export function NextShow(_props: NextShowProps) {
  return null
}
