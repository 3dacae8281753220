// The two balances, what of them is set aside, and what one can do with each.
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { Amount } from '../../server/contract/money.ts'
import type { WalletView } from '../../server/contract/wallet.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { BeanIcon } from '../ui/BeanIcon.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import styles from './BalanceCards.module.css'

/** @param hosts whether one has a channel, whose income can be withdrawn. */
export function BalanceCards({ wallet, hosts }: { readonly wallet: WalletView | null; readonly hosts: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={styles.cards}>
      <Card look={styles.coins} icon={<CoinIcon size={22} />} name={t('wallet.coinsTitle')} amount={wallet?.coins} held={wallet?.heldCoins} hint={t('wallet.coinsHint')} heldHint={t('wallet.heldCoinsHint')} testId="wallet-coins">
        <ButtonLink kind="primary" to="/recharge" data-testid="wallet-recharge">
          {t('recharge.title')}
        </ButtonLink>
        <ButtonLink to="/shop">{t('shop.title')}</ButtonLink>
      </Card>
      <Card look={styles.beans} icon={<BeanIcon size={22} />} name={t('wallet.beansTitle')} amount={wallet?.beans} held={wallet?.heldBeans} hint={t('wallet.beansHint')} heldHint={t('wallet.heldBeansHint')} testId="wallet-beans">
        {hosts ? <ButtonLink to="/studio?tab=income">{t('wallet.withdraw')}</ButtonLink> : null}
        <ButtonLink to="/shop?show=exchange">{t('wallet.exchange')}</ButtonLink>
      </Card>
    </div>
  )
}

type CardProps = {
  readonly look: string | undefined
  readonly icon: ReactNode
  readonly name: string
  readonly amount: Amount | undefined
  readonly held: Amount | undefined
  readonly hint: string
  readonly heldHint: string
  readonly testId: string
  readonly children: ReactNode
}

function Card({ look, icon, name, amount, held, hint, heldHint, testId, children }: CardProps) {
  const { t, i18n } = useTranslation()
  return (
    <section className={`${styles.card} ${look}`} data-testid={testId}>
      <h2>
        {icon}
        {name}
      </h2>
      {amount === undefined ? (
        <div className={`skeleton ${styles.wait}`} role="status" aria-label={t('app.loading')} />
      ) : (
        <p className={styles.amount} data-testid={`${testId}-amount`}>
          {formatAmount(amount, i18n.language)}
        </p>
      )}
      {held === undefined || held === '0' ? (
        <p className={styles.hint}>{hint}</p>
      ) : (
        <p className={styles.hint} data-testid={`${testId}-held`}>
          <b>{t('wallet.held', { amount: formatAmount(held, i18n.language) })}</b> {heldHint}
        </p>
      )}
      <div className={styles.actions}>{children}</div>
    </section>
  )
}
