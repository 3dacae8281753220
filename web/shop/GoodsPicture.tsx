// The picture of goods, or the sign of their kind.
import { FileText, KeyRound, Package } from 'lucide-react'
import type { GoodsKind } from '../../server/contract/shop.ts'
import styles from './GoodsPicture.module.css'

const signs = { code: KeyRound, text: FileText, physical: Package } as const

export function GoodsPicture({ kind, url }: { readonly kind: GoodsKind; readonly url: string | null }) {
  const Sign = signs[kind]
  return <span className={styles.picture}>{url === null ? <Sign aria-hidden="true" /> : <img src={url} alt="" loading="lazy" decoding="async" />}</span>
}
