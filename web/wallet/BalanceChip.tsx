// The coins one has, in the header, with the way to the wallet.
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { formatAmount } from '../i18n/formatMoney.ts'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import styles from './BalanceChip.module.css'
import { useWallet } from './useWallet.ts'

export function BalanceChip({ userId }: { readonly userId: string }) {
  const { t, i18n } = useTranslation()
  const { data } = useWallet(userId)
  if (data === null) return null
  const coins = formatAmount(data.coins, i18n.language)
  return (
    <Link to="/wallet" className={styles.chip} aria-label={t('wallet.chip', { coins })} title={t('wallet.title')} data-testid="balance-chip">
      <CoinIcon size={18} />
      <span>{coins}</span>
    </Link>
  )
}
