// The platform's coin: gold with a light in its middle. Decorative; the number beside it says what it is.
import { useId } from 'react'

export function CoinIcon({ size = 18, className }: { readonly size?: number; readonly className?: string }) {
  const id = useId()
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className={className} style={{ flex: 'none' }}>
      <defs>
        <linearGradient id={`${id}-rim`} x1="0" y1="0" x2="0" y2="1">
          <stop offset="0" stopColor="#ffe29a" />
          <stop offset="1" stopColor="#c9781c" />
        </linearGradient>
        <linearGradient id={`${id}-face`} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#ffd76a" />
          <stop offset="1" stopColor="#f0a02f" />
        </linearGradient>
      </defs>
      <circle cx="12" cy="12" r="11" fill={`url(#${id}-rim)`} />
      <circle cx="12" cy="12" r="8.6" fill={`url(#${id}-face)`} stroke="#b96a12" strokeOpacity=".45" strokeWidth=".8" />
      <path d="M7.6 16.2h8.8M10 13.4 8.7 8.6M12 13V7.4M14 13.4l1.3-4.8" fill="none" stroke="#8a4a06" strokeWidth="1.7" strokeLinecap="round" />
      <path d="M5.6 9.2a7 7 0 0 1 4-4.2" fill="none" stroke="#fff6d8" strokeWidth="1.1" strokeLinecap="round" opacity=".8" />
    </svg>
  )
}
