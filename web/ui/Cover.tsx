// A 16:9 picture that never jumps: its place is there before it loads, and a calm pattern when there is none.
import { useState } from 'react'
import type { ReactNode } from 'react'
import { Clapperboard } from 'lucide-react'
import styles from './Cover.module.css'

export function Cover({ url, children }: { readonly url: string | null; readonly children?: ReactNode }) {
  const [failed, setFailed] = useState<string | null>(null)
  return (
    <span className={styles.cover}>
      {url === null || failed === url ? (
        <Clapperboard aria-hidden="true" className={styles.none} />
      ) : (
        <img src={url} alt="" decoding="async" loading="lazy" onError={() => setFailed(url)} />
      )}
      {children}
    </span>
  )
}
