// What one has beside what is asked for, and the counter for what is missing.
import { Suspense, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { lazyPart } from '../client/lazyPart.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { Button } from '../ui/Button.tsx'
import { useWallet } from '../wallet/useWallet.ts'
import styles from './TicketCard.module.css'

const RechargeDialog = lazyPart(() => import('../recharge/RechargeDialog.tsx').then((dialog) => ({ default: dialog.RechargeDialog })))

export function Balance({ userId, price }: { readonly userId: string; readonly price: string }) {
  const { t, i18n } = useTranslation()
  const { data: wallet, reload } = useWallet(userId)
  const [recharging, setRecharging] = useState(false)
  if (wallet === null) return <p className={styles.balance}>&nbsp;</p>
  const missing = BigInt(price) - BigInt(wallet.coins)
  const coins = formatAmount(wallet.coins, i18n.language)
  return (
    <>
      <p className={styles.balance} data-testid="ticket-balance">
        {missing > 0n ? t('tickets.missing', { coins, missing: formatAmount(String(missing), i18n.language) }) : t('tickets.balance', { coins })}
        {missing > 0n ? (
          <Button onClick={() => setRecharging(true)} data-testid="ticket-recharge">
            {t('tickets.recharge')}
          </Button>
        ) : null}
      </p>
      {recharging ? (
        <Suspense>
          <RechargeDialog onClose={() => setRecharging(false)} onCredited={reload} need={String(missing > 0n ? missing : 1n)} />
        </Suspense>
      ) : null}
    </>
  )
}
