// One withdrawal with the way it has come.
import { useTranslation } from 'react-i18next'
import type { WithdrawalView } from '../../server/contract/withdrawal.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { Button } from '../ui/Button.tsx'
import styles from './Income.module.css'

export function WithdrawalItem({ withdrawal, onCancel }: { readonly withdrawal: WithdrawalView; readonly onCancel: () => void }) {
  const { t, i18n } = useTranslation()
  const { state, beans, gross, cut, money, currency, steps, reason, paymentReference, payee } = withdrawal
  const shown = (amount: string) => formatMoney(amount, currency, i18n.language)
  const waits = state === 'requested' || state === 'half-approved' ? t('income.waiting.approval') : state === 'approved' ? t('income.waiting.payment') : null
  return (
    <li className={styles.request} data-testid="withdrawal" data-state={state} data-money={money}>
      <div className={styles.requestHead}>
        <b>{shown(money)}</b>
        <span className={`${styles.chip} ${state === 'paid' ? styles.chipGood : state === 'rejected' ? styles.chipBad : waits === null ? '' : styles.chipOn}`}>{t(`income.state.${state}`)}</span>
      </div>
      <p className={styles.small}>{t('income.rateThen', { beans: formatAmount(beans, i18n.language), gross: shown(gross), cut: shown(cut) })}</p>
      {payee.account === '' ? null : <p className={styles.small}>{t('income.toAccount', { method: t(`income.methods.${payee.method}`), account: payee.account })}</p>}
      <ol className={styles.steps}>
        {steps.map((step) => (
          <li key={step.state} data-state={step.state}>
            <span>{t(`income.state.${step.state}`)}</span>
            <time dateTime={step.at}>{formatWhen(step.at, i18n.language)}</time>
          </li>
        ))}
        {waits === null ? null : (
          <li data-state="waiting">
            <span>{waits}</span>
          </li>
        )}
      </ol>
      {reason === '' ? null : <p className={styles.problem}>{t('income.refusedBecause', { reason })}</p>}
      {paymentReference === '' ? null : <p className={styles.small}>{t('income.paidUnder', { reference: paymentReference })}</p>}
      {state === 'requested' ? (
        <Button kind="quiet" onClick={onCancel} data-testid="withdrawal-cancel">
          {t('income.cancel')}
        </Button>
      ) : null}
    </li>
  )
}
