// A QR code as one drawn path, black on white with the quiet zone readers need.
import QRCode from 'qrcode'

const QUIET = 3

export function QrCode({ text, label, size = 168 }: { readonly text: string; readonly label: string; readonly size?: number }) {
  const { modules } = QRCode.create(text, { errorCorrectionLevel: 'M' })
  const cells = Array.from(modules.data, (dark, index) => (dark ? `M${(index % modules.size) + QUIET} ${Math.floor(index / modules.size) + QUIET}h1v1h-1z` : '')).join('')
  const box = modules.size + 2 * QUIET
  return (
    <svg width={size} height={size} viewBox={`0 0 ${box} ${box}`} role="img" aria-label={label} shapeRendering="crispEdges" data-testid="qr-code" data-text={text}>
      <rect width={box} height={box} rx="2" fill="#fff" />
      <path d={cells} fill="#000" />
    </svg>
  )
}
