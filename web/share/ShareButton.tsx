// Opens the ways to share a page: link, QR code, networks, poster.
export type ShareButtonProps = { readonly path: string; readonly title: string; readonly kind: 'channel' | 'replay' }

export function ShareButton(_props: ShareButtonProps) {
  return null
}
