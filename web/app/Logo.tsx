// Footlight's sign: three lights along the edge of a stage.
export function Logo({ size = 26 }: { readonly size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" stroke="var(--accent)" strokeWidth="3" strokeLinecap="round" aria-hidden="true">
      <path d="M5 24.5h22" />
      <path d="M10 19 7 9M16 18V7M22 19l3-10" />
    </svg>
  )
}
