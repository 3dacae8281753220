// Asks for a withdrawal: says live what it gives and why it may not be possible, before the server is asked.
import { useRef, useState } from 'react'
import type { FormEvent } from 'react'
import { CalendarClock } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { WithdrawalTerms } from '../../server/contract/withdrawal.ts'
import { quoteWithdrawal } from '../../server/contract/withdrawalQuote.ts'
import { newKey } from '../gifts/newKey.ts'
import { formatAmount, formatMoney, parseAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './Income.module.css'
import { incomeApi } from './incomeApi.ts'
import { PayeeCard } from './PayeeCard.tsx'
import { QuoteLines } from './QuoteLines.tsx'
import { withdrawalProblem } from './withdrawalProblem.ts'

export function WithdrawalCard({ terms, onChanged }: { readonly terms: WithdrawalTerms; readonly onChanged: () => void }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const [done, setDone] = useState(false)
  // The same key for the same intention: an answer that was lost is asked for again, not made twice.
  const intention = useRef({ beans: '', key: '' })

  const beans = parseAmount(text, 'bean')
  const quote = quoteWithdrawal(BigInt(beans ?? '0'), terms)
  const problem = withdrawalProblem(beans, terms)
  const shown = (amount: string) => formatAmount(amount, i18n.language)
  const said =
    problem === null || text === ''
      ? null
      : { 'not-whole': t('income.wholeNumber'), minimum: t('income.minimum', { beans: shown(terms.minimum) }), 'too-many': t('income.tooMany', { beans: shown(terms.beans) }), month: t('error.month-used-up') }[problem]
  const mayAsk = terms.openToday && terms.payee !== null && (terms.payee.verified || !terms.needsName)
  const most = terms.leftThisMonth !== null && BigInt(terms.leftThisMonth) < BigInt(terms.beans) ? terms.leftThisMonth : terms.beans

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (beans === null || problem !== null) return
    if (intention.current.beans !== beans) intention.current = { beans, key: newKey() }
    setBusy(true)
    setFailure(null)
    setDone(false)
    try {
      await incomeApi.withdraw({ beans, money: String(quote.money), key: intention.current.key })
      intention.current = { beans: '', key: '' }
      setText('')
      setDone(true)
    } catch (thrown) {
      setFailure(thrown)
    }
    setBusy(false)
    onChanged()
  }

  return (
    <section className={styles.panel} aria-labelledby="income-withdraw" data-testid="withdraw">
      <h3 id="income-withdraw">{t('income.withdraw')}</h3>
      <p className={styles.lead}>{t('income.withdrawLead')}</p>
      {terms.openToday ? null : (
        <MessageBox size="note" tone="warn" icon={<CalendarClock size={20} aria-hidden="true" />} title={t('income.notToday')}>
          {t('income.notTodayBody', { days: terms.days.join(', ') })}
        </MessageBox>
      )}
      <PayeeCard payee={terms.payee} needsName={terms.needsName} onChanged={onChanged} />
      <form className={styles.form} onSubmit={(event) => void submit(event)}>
        <TextField
          label={t('income.beans')}
          inputMode="numeric"
          autoComplete="off"
          value={text}
          onChange={({ target }) => {
            setText(target.value)
            setDone(false)
          }}
          error={said}
          hint={terms.leftThisMonth === null ? t('income.minimum', { beans: shown(terms.minimum) }) : t('income.monthLeft', { beans: shown(terms.leftThisMonth), cap: shown(terms.monthlyCap) })}
          trailing={
            <button type="button" className={styles.all} onClick={() => setText(most)}>
              {t('income.all')}
            </button>
          }
          data-testid="withdraw-beans"
        />
        <QuoteLines quote={quote} terms={terms} />
        {failure === null ? null : (
          <p role="alert" className={styles.problem} data-testid="withdraw-failed">
            {failureText(failure)}
          </p>
        )}
        {done ? (
          <p role="status" className={styles.done}>
            {t('income.asked')}
          </p>
        ) : null}
        <Button kind="primary" type="submit" wide busy={busy} disabled={!mayAsk || beans === null || problem !== null} data-testid="withdraw-ask">
          {quote.money > 0n && problem === null ? t('income.ask', { money: formatMoney(String(quote.money), terms.currency, i18n.language) }) : t('income.askShort')}
        </Button>
      </form>
    </section>
  )
}
