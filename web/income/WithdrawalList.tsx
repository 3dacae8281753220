// A host's withdrawals: where each stands, when it got there, and why it was refused.
import { useEffect, useState } from 'react'
import { Banknote } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WithdrawalView } from '../../server/contract/withdrawal.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { usePages } from '../moderation/usePages.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Income.module.css'
import { incomeApi } from './incomeApi.ts'
import { WithdrawalItem } from './WithdrawalItem.tsx'

const EVERY_MS = 20_000

/** @param turn another one: something changed, look again */
export function WithdrawalList({ turn, onChanged }: { readonly turn: number; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const pages = usePages<WithdrawalView>('withdrawals', async (before) => {
    const { withdrawals, next } = await incomeApi.withdrawals(before)
    return { items: withdrawals, next }
  })
  const [cancelling, setCancelling] = useState<WithdrawalView | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const { reload } = pages
  useEffect(() => {
    if (turn > 0) reload()
  }, [turn, reload])
  useEffect(() => {
    const timer = setInterval(() => document.visibilityState === 'visible' && reload(), EVERY_MS)
    return () => clearInterval(timer)
  }, [reload])

  const cancel = async ({ id }: WithdrawalView) => {
    setCancelling(null)
    setFailure(null)
    await incomeApi.cancel(id).catch(setFailure)
    onChanged()
  }

  return (
    <section className={styles.panel} aria-labelledby="income-requests" data-testid="withdrawals">
      <h3 id="income-requests">{t('income.requests')}</h3>
      {failure === null ? null : (
        <p role="alert" className={styles.problem}>
          {failureText(failure)}
        </p>
      )}
      {pages.items === null ? (
        pages.failure === null ? <Spinner /> : <MessageBox size="note" tone="bad" title={failureText(pages.failure)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
      ) : pages.items.length === 0 ? (
        <div className={styles.empty}>
          <Banknote size={28} aria-hidden="true" />
          <p>{t('income.noRequests')}</p>
        </div>
      ) : (
        <ul className={styles.requests}>
          {pages.items.map((withdrawal) => (
            <WithdrawalItem key={withdrawal.id} withdrawal={withdrawal} onCancel={() => setCancelling(withdrawal)} />
          ))}
        </ul>
      )}
      {pages.more === null ? null : (
        <Button kind="quiet" wide busy={pages.loading} onClick={pages.more}>
          {t('income.more')}
        </Button>
      )}
      <ConfirmDialog open={cancelling !== null} title={t('income.cancelTitle')} body={t('income.cancelBody')} confirm={t('income.cancel')} onConfirm={() => cancelling !== null && void cancel(cancelling)} onCancel={() => setCancelling(null)} />
    </section>
  )
}
