// A red packet with its golden seal.
export function PacketIcon({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 48 48" aria-hidden="true">
      <rect x="9" y="3" width="30" height="42" rx="5" fill="#e8362b" />
      <rect x="9" y="3" width="30" height="42" rx="5" fill="none" stroke="#ffcf73" strokeOpacity=".55" />
      <path d="M9 8c0-3 2-5 5-5h20c3 0 5 2 5 5v8c-8 6-22 6-30 0z" fill="#c8201d" />
      <circle cx="24" cy="21" r="7.500" fill="#ffcf5a" />
      <circle cx="24" cy="21" r="5.600" fill="none" stroke="#c77a0a" strokeWidth="1.200" />
      <rect x="22" y="19" width="4" height="4" fill="#c77a0a" />
    </svg>
  )
}
