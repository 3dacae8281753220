// Codes or words that were bought, to read and to copy.
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../ui/CopyButton.tsx'
import styles from './Delivered.module.css'

export function Delivered({ items }: { readonly items: readonly string[] }) {
  const { t } = useTranslation()
  if (items.length === 0) return null
  return (
    <ul className={styles.list} aria-label={t('shop.delivered')}>
      {items.map((item) => (
        <li key={item}>
          <code data-testid="goods-delivered">{item}</code>
          <CopyButton text={item} label={t('app.copy')} />
        </li>
      ))}
    </ul>
  )
}
