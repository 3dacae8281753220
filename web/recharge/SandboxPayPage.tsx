// `/pay/sandbox/:orderId`: the payment page of the sandbox provider, where paying costs nothing.
import { useState } from 'react'
import { FlaskConical } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate, useParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { formatAmount, formatMoney } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { CoinIcon } from '../ui/CoinIcon.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { rechargeApi } from './rechargeApi.ts'
import styles from './SandboxPayPage.module.css'

export function SandboxPayPage() {
  const { t } = useTranslation()
  const { orderId = '' } = useParams()
  const { me } = useSession()
  const { pathname, search } = useLocation()
  if (me !== null && me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return (
    <div className={styles.page}>
      <title>{`${t('recharge.sandbox.title')} · Footlight`}</title>
      {me === null ? <Spinner large /> : <Till orderId={orderId} />}
    </div>
  )
}

function Till({ orderId }: { readonly orderId: string }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const navigate = useNavigate()
  const { search } = useLocation()
  const { data, error, reload } = useResource(`sandbox ${orderId}`, (signal) => rechargeApi.sandbox(orderId, signal))
  const [busy, setBusy] = useState<'pay' | 'cancel' | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const act = async (what: 'pay' | 'cancel') => {
    setBusy(what)
    setProblem(null)
    try {
      await (what === 'pay' ? rechargeApi.sandboxPay(orderId) : rechargeApi.sandboxCancel(orderId))
      await navigate(`/recharge/${orderId}${search}`, { replace: true })
    } catch (thrown) {
      setProblem(failureText(thrown))
      setBusy(null)
    }
  }

  if (data === null) return error === null ? <Spinner large /> : <MessageBox tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
  return (
    <section className={styles.till} data-testid="sandbox" data-state={data.state}>
      <p className={styles.ribbon}>
        <FlaskConical size={16} aria-hidden="true" /> {t('recharge.sandbox.title')}
      </p>
      <div className={styles.body}>
        <p className={styles.label}>{t('recharge.sandbox.amount')}</p>
        <p className={styles.amount}>{formatMoney(data.amount, data.currency, i18n.language)}</p>
        <p className={styles.coins}>
          <CoinIcon size={16} /> {formatAmount(data.coins, i18n.language)}
        </p>
        <p className={styles.hint}>{t(data.state === 'open' ? 'recharge.sandbox.hint' : data.state === 'paid' ? 'recharge.sandbox.paid' : 'recharge.sandbox.cancelled')}</p>
        {data.state === 'open' ? (
          <div className={styles.actions}>
            <Button kind="primary" wide busy={busy === 'pay'} disabled={busy !== null} onClick={() => void act('pay')} data-testid="sandbox-pay">
              {t('recharge.sandbox.pay')}
            </Button>
            <Button kind="quiet" wide busy={busy === 'cancel'} disabled={busy !== null} onClick={() => void act('cancel')} data-testid="sandbox-cancel">
              {t('recharge.sandbox.cancel')}
            </Button>
          </div>
        ) : (
          <div className={styles.actions}>
            <Button wide onClick={() => void navigate(`/recharge/${orderId}${search}`)}>
              {t('recharge.sandbox.back')}
            </Button>
          </div>
        )}
        {problem === null ? null : (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
      </div>
    </section>
  )
}
