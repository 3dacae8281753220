// A host's bean: what gifts become. Decorative; the number beside it says what it is.
import { useId } from 'react'

export function BeanIcon({ size = 18, className }: { readonly size?: number; readonly className?: string }) {
  const id = useId()
  return (
    <svg width={size} height={size} viewBox="0 0 24 24" aria-hidden="true" className={className} style={{ flex: 'none' }}>
      <defs>
        <linearGradient id={id} x1="0" y1="0" x2="1" y2="1">
          <stop offset="0" stopColor="#8df0c0" />
          <stop offset="1" stopColor="#1f9f72" />
        </linearGradient>
      </defs>
      <path d="M14.6 2.2c4.3 0 7.2 3.1 7.2 7.1 0 6.9-6.2 12.5-12.4 12.5-4.2 0-7.2-2.6-7.2-6.2 0-3.4 2.6-5.3 5-6.1 1.9-.6 2.2-1.6 2.7-3.1.8-2.5 2.3-4.2 4.7-4.2Z" fill={`url(#${id})`} stroke="#0e6b4c" strokeOpacity=".5" strokeWidth=".8" />
      <path d="M12.9 6.2c-.3 2.9-1.7 4.6-4.4 5.5" fill="none" stroke="#0c5a40" strokeWidth="1.5" strokeLinecap="round" opacity=".7" />
      <path d="M15.2 4.6c2.3.1 3.9 1.7 4.1 4" fill="none" stroke="#e9fff5" strokeWidth="1.2" strokeLinecap="round" opacity=".85" />
    </svg>
  )
}
