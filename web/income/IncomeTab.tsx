// The studio’s income: per show, day and gift, and withdrawals.
import { useCallback, useState } from 'react'
import { ScrollText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Income.module.css'
import { IncomeReports } from './IncomeReports.tsx'
import { IncomeTiles } from './IncomeTiles.tsx'
import { incomeApi } from './incomeApi.ts'
import { tilesRange } from './incomeRange.ts'
import { WithdrawalCard } from './WithdrawalCard.tsx'
import { WithdrawalList } from './WithdrawalList.tsx'

/** Decisions are told by the bell; the page looks by itself now and then. */
const EVERY_MS = 20_000

export type IncomeTabProps = { readonly channel: string }

export function IncomeTab({ channel }: IncomeTabProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [now] = useState(() => Date.now())
  const [turn, setTurn] = useState(0)
  const terms = useResource('withdrawal terms', (signal) => incomeApi.terms(signal), { everyMs: EVERY_MS })
  const lately = useResource(`income lately ${channel}`, (signal) => incomeApi.report(channel, tilesRange(now), 'day', signal), { everyMs: EVERY_MS })
  const { reload: reloadTerms } = terms
  const changed = useCallback(() => {
    reloadTerms()
    setTurn((old) => old + 1)
  }, [reloadTerms])

  if (terms.data === null)
    return terms.error === null ? <Spinner /> : <MessageBox size="note" tone="bad" title={failureText(terms.error)} actions={<Button onClick={terms.reload}>{t('app.retry')}</Button>} />
  return (
    <div className={styles.tab} data-testid="income">
      <header className={styles.head}>
        <h2>{t('income.title')}</h2>
        <ButtonLink to="/wallet?currency=bean" kind="quiet" icon={<ScrollText size={16} aria-hidden="true" />}>
          {t('income.statement')}
        </ButtonLink>
      </header>
      <IncomeTiles terms={terms.data} rows={lately.data?.rows ?? null} now={now} />
      <IncomeReports channel={channel} now={now} />
      <div className={styles.columns}>
        <WithdrawalCard terms={terms.data} onChanged={changed} />
        <WithdrawalList turn={turn} onChanged={changed} />
      </div>
    </div>
  )
}
