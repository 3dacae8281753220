// `/recharge`: coins for money. `?next=` says where to come back to, `?need=` how many coins are missing.
import { useEffect } from 'react'
import { FlaskConical, WalletCards } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, Navigate, useLocation, useNavigate, useSearchParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { safeNext } from '../accounts/safeNext.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { Button } from '../ui/Button.tsx'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { useWallet } from '../wallet/useWallet.ts'
import { PackageGrid } from './PackageGrid.tsx'
import { PayWays } from './PayWays.tsx'
import styles from './RechargePage.module.css'
import { useCounter } from './useCounter.ts'

export function RechargePage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const { pathname, search } = useLocation()
  if (me === null)
    return (
      <div className={styles.wait} role="status" aria-label={t('app.loading')}>
        <Spinner large />
      </div>
    )
  if (me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return <Counter userId={me.user.id} />
}

function Counter({ userId }: { readonly userId: string }) {
  const { t, i18n } = useTranslation()
  const navigate = useNavigate()
  const [params] = useSearchParams()
  const { data: wallet } = useWallet(userId)
  const need = params.get('need')
  const counter = useCounter(need !== null && /^\d{1,13}$/.test(need) ? need : null)
  const { offer, failure, chosen, option, currency } = counter
  const next = safeNext(params.get('next'), '')

  useEffect(() => window.scrollTo(0, 0), [])
  const pay = async () => {
    const order = await counter.order(next === '' ? null : next)
    if (order === null) return
    // The page of the order is where one comes back to, also by the browser's own button.
    await navigate(`/recharge/${order.id}${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`, { state: { pay: order.way?.kind === 'redirect' } })
  }

  return (
    <div className={styles.page} data-testid="recharge">
      <title>{`${t('recharge.title')} · Footlight`}</title>
      <header className={styles.head}>
        <div>
          <h1>{t('recharge.title')}</h1>
          <p>{t('recharge.lead')}</p>
        </div>
        <Link to="/wallet" className={styles.balance} data-testid="balance">
          <span>{t('recharge.balance')}</span>
          <strong>
            <CoinIcon size={20} /> {wallet === null ? '…' : formatAmount(wallet.coins, i18n.language)}
          </strong>
        </Link>
      </header>
      {offer?.test === true ? <TestNote /> : null}
      {offer === null ? (
        failure === null ? <div className={styles.wait}><Spinner large /></div> : <MessageBox tone="bad" title={failure} actions={<Button onClick={counter.reload}>{t('app.retry')}</Button>} />
      ) : currency === null ? (
        <MessageBox title={t('recharge.nothing')} icon={<WalletCards size={28} aria-hidden="true" />}>{t('recharge.nothingBody')}</MessageBox>
      ) : (
        <>
          <section className={styles.part}>
            <h2>{t('recharge.packages')}</h2>
            <PackageGrid packages={counter.packages} currencies={counter.currencies} currency={currency} onCurrency={counter.setCurrency} chosen={chosen?.id ?? null} onChoose={counter.choose} />
          </section>
          <section className={styles.part}>
            <h2>{t('recharge.payBy')}</h2>
            <PayWays options={counter.options} chosen={option?.key ?? null} onChoose={counter.setOption} />
          </section>
          <footer className={styles.foot}>
            <div className={styles.sum}>
              {chosen === null ? null : (
                <>
                  <strong data-testid="sum">{formatMoney(chosen.price, currency, i18n.language)}</strong>
                  <span>
                    <CoinIcon size={15} /> {formatAmount(String(BigInt(chosen.coins) + BigInt(chosen.bonus)), i18n.language)}
                  </span>
                </>
              )}
            </div>
            <Button kind="primary" busy={counter.busy} disabled={chosen === null || option === null} onClick={() => void pay()} data-testid="pay">
              {t('recharge.pay')}
            </Button>
            {failure === null ? null : (
              <p role="alert" className={styles.problem} data-testid="recharge-problem">
                {failure}
              </p>
            )}
            <p className={styles.terms}>{t('recharge.terms')}</p>
          </footer>
        </>
      )}
    </div>
  )
}

function TestNote() {
  const { t } = useTranslation()
  return (
    <MessageBox size="note" tone="warn" title={t('recharge.testTitle')} icon={<FlaskConical size={18} aria-hidden="true" />} testId="test-payments">
      {t('recharge.testBody')}
    </MessageBox>
  )
}
