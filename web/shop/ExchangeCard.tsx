// Beans to coins: says before what one gives and gets, to the bean.
import { useState } from 'react'
import type { FormEvent } from 'react'
import { ArrowDown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { Amount } from '../../server/contract/money.ts'
import { quoteExchange } from '../../server/contract/shop.ts'
import type { ExchangeRate } from '../../server/contract/shop.ts'
import { usePayKey } from '../guard/usePayKey.ts'
import { formatAmount, parseAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { TextField } from '../ui/Field.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import styles from './ExchangeCard.module.css'
import { shopApi } from './shopApi.ts'

type Props = { readonly rate: ExchangeRate; /** Null: not logged in. */ readonly beans: Amount | null; readonly onDone: () => void }

export function ExchangeCard({ rate, beans, onDone }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const payOnce = usePayKey()
  const [text, setText] = useState('')
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const [done, setDone] = useState<string | null>(null)
  const amount = (value: bigint | string) => formatAmount(String(value), i18n.language)
  const wanted = parseAmount(text, 'bean')
  const quote = quoteExchange(BigInt(wanted ?? '0'), rate)
  const have = BigInt(beans ?? '0')
  const hurdle = text === '' ? null : wanted === null ? t('shop.exchange.notNumber') : BigInt(wanted) > have ? t('shop.exchange.tooMany', { beans: amount(have) }) : quote.coins === 0n ? t('shop.exchange.tooFew') : null

  const exchange = async (event: FormEvent) => {
    event.preventDefault()
    if (hurdle !== null || wanted === null || quote.coins === 0n) return
    setBusy(true)
    setProblem(null)
    setDone(null)
    try {
      const what = { beans: wanted, coins: String(quote.coins) }
      const { gave, got } = await payOnce(JSON.stringify(what), (key) => shopApi.exchange({ ...what, key }))
      setDone(t('shop.exchange.done', { beans: amount(gave), coins: amount(got) }))
      setText('')
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
    onDone()
    setBusy(false)
  }

  return (
    <form className={styles.card} onSubmit={(event) => void exchange(event)}>
      <h2>{t('shop.exchange.title')}</h2>
      <p className={styles.lead}>{t('shop.exchange.lead')}</p>
      <p className={styles.rate} data-testid="exchange-rate">
        {t('shop.exchange.rate', { beans: amount(String(rate.exchangeBeans)), coins: amount(String(rate.exchangeCoins)) })}
      </p>
      {beans === null ? (
        <ButtonLink kind="primary" wide to={`/login?next=${encodeURIComponent('/shop?show=exchange')}`}>
          {t('shop.exchange.logIn')}
        </ButtonLink>
      ) : (
        <>
          <p className={styles.have} data-testid="exchange-have" data-beans={beans}>
            <span>{t('shop.exchange.have')}</span>
            <span className={styles.mine}>
              <MoneyText amount={beans} currency="bean" />
              {have === 0n ? null : (
                <button type="button" className={styles.all} onClick={() => setText(String(have))} data-testid="exchange-all">
                  {t('shop.exchange.all')}
                </button>
              )}
            </span>
          </p>
          {have === 0n ? (
            <p className={styles.lead}>{done ?? t('shop.exchange.none')}</p>
          ) : (
            <>
              <TextField
                label={t('shop.exchange.beans')}
                name="beans"
                inputMode="numeric"
                autoComplete="off"
                value={text}
                onChange={(event) => setText(event.currentTarget.value)}
                error={hurdle}
              />
              <ArrowDown size={20} className={styles.arrow} aria-hidden="true" />
              <p className={styles.get}>
                {t('shop.exchange.coins')}
                <b data-testid="exchange-get">
                  <MoneyText amount={String(quote.coins)} currency="coin" size={22} />
                </b>
              </p>
              {hurdle === null && wanted !== null && quote.coins > 0n && quote.beans < BigInt(wanted) ? <p className={styles.lead}>{t('shop.exchange.taken', { beans: amount(quote.beans) })}</p> : null}
              <Button kind="primary" wide type="submit" busy={busy} disabled={hurdle !== null || quote.coins === 0n} data-testid="exchange-do">
                {t('shop.exchange.do')}
              </Button>
            </>
          )}
          {problem === null ? null : (
            <p role="alert" className={styles.problem}>
              {problem}
            </p>
          )}
          {done === null || have === 0n ? null : (
            <p role="status" className={styles.done}>
              {done}
            </p>
          )}
        </>
      )}
    </form>
  )
}
