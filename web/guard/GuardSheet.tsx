// Asks once more before coins are paid for a guard, and says how it went.
import { Suspense, useState } from 'react'
import { Wallet } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { guardDays } from '../../server/contract/guard.ts'
import type { GuardBought, GuardTerm, GuardView } from '../../server/contract/guard.ts'
import type { Amount } from '../../server/contract/money.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Sheet } from '../moderation/Sheet.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { GuardEmblem } from './GuardEmblem.tsx'
import styles from './GuardSheet.module.css'
import { guardApi } from './guardApi.ts'
import { usePayKey } from './usePayKey.ts'

const RechargeDialog = lazyPart(() => import('../recharge/RechargeDialog.tsx').then((dialog) => ({ default: dialog.RechargeDialog })))

type Props = { readonly term: GuardTerm; readonly view: GuardView; readonly onBought: (bought: GuardBought) => void; readonly onClose: () => void }

export function GuardSheet({ term, view, onBought, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const payOnce = usePayKey()
  const [balance, setBalance] = useState<Amount>(view.coins ?? '0')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [bought, setBought] = useState<GuardBought | null>(null)
  const [recharging, setRecharging] = useState(false)
  const [price] = useState(view.prices[term])
  const name = view.host.displayName
  const left = BigInt(balance) - BigInt(price)
  const amount = (value: bigint | Amount) => formatAmount(String(value), i18n.language)

  const pay = async () => {
    setBusy(true)
    setProblem(null)
    try {
      const answer = await payOnce(`${view.channel} ${term} ${price}`, (key) => guardApi.buy(view.channel, { term, price, key }))
      setBought(answer)
      onBought(answer)
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
    setBusy(false)
  }

  const refresh = async () => {
    const fresh = await guardApi.view(view.channel).catch(() => null)
    if (fresh?.coins != null) setBalance(fresh.coins)
  }

  return (
    <Sheet label={t('guard.confirmTitle', { name })} onClose={onClose} testId="guard-sheet">
      <div className={styles.head} data-term={term}>
        <GuardEmblem term={term} size={84} />
        <h2>{t('guard.confirmTitle', { name })}</h2>
        <p>
          {t(`guard.term.${term}`)} · {t('guard.days', { count: guardDays[term] })}
        </p>
      </div>
      {bought === null ? (
        <>
          <dl className={styles.sum}>
            <dt>{t('guard.price')}</dt>
            <dd>
              <MoneyText amount={price} currency="coin" />
            </dd>
            <dt>{t('guard.balance')}</dt>
            <dd data-testid="guard-balance">
              <MoneyText amount={balance} currency="coin" />
            </dd>
            {left < 0n ? null : (
              <>
                <dt>{t('guard.left')}</dt>
                <dd>
                  <MoneyText amount={String(left)} currency="coin" />
                </dd>
              </>
            )}
          </dl>
          <p className={styles.note}>{t('guard.confirmAdds', { days: t('guard.days', { count: guardDays[term] }) })}</p>
          {problem === null ? null : (
            <p role="alert" className={styles.problem}>
              {problem}
            </p>
          )}
          {left < 0n ? (
            <>
              <p className={styles.missing}>{t('guard.missing', { amount: amount(-left) })}</p>
              <Button kind="primary" wide icon={<Wallet aria-hidden="true" />} onClick={() => setRecharging(true)} data-testid="guard-recharge">
                {t('guard.recharge')}
              </Button>
            </>
          ) : (
            <Button kind="primary" wide busy={busy} onClick={() => void pay()} data-testid="guard-pay">
              {t('guard.pay', { amount: amount(price) })}
            </Button>
          )}
        </>
      ) : (
        <>
          <p className={styles.thanks} role="status" data-testid="guard-thanks">
            {t('guard.thanks', { name, date: new Intl.DateTimeFormat(i18n.language, { dateStyle: 'long' }).format(new Date(bought.standing.until)) })}
          </p>
          <ButtonLink kind="primary" wide to={`/c/${view.channel}`}>
            {t('guard.toRoom')}
          </ButtonLink>
        </>
      )}
      {recharging ? (
        <Suspense>
          <RechargeDialog need={left < 0n ? String(-left) : undefined} onCredited={() => void refresh()} onClose={() => setRecharging(false)} />
        </Suspense>
      ) : null}
    </Sheet>
  )
}
