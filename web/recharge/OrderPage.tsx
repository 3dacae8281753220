// `/recharge/:orderId`: how an order goes on until its coins are there, and the way back to where one came from.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Navigate, useLocation, useNavigate, useParams, useSearchParams } from 'react-router'
import type { OrderView } from '../../server/contract/recharge.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { safeNext } from '../accounts/safeNext.ts'
import { ButtonLink } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { OrderProgress } from './OrderProgress.tsx'
import styles from './RechargePage.module.css'
import { rechargeApi } from './rechargeApi.ts'

export function OrderPage() {
  const { t } = useTranslation()
  const { orderId = '' } = useParams()
  const { me } = useSession()
  const { pathname, search } = useLocation()
  const [params] = useSearchParams()
  const leaving = useGoingToPay(orderId)
  const next = safeNext(params.get('next'), '')
  if (me !== null && me.user === null) return <Navigate to={`/login?next=${encodeURIComponent(pathname + search)}`} replace />
  return (
    <div className={`${styles.page} ${styles.narrow}`}>
      <title>{`${t('recharge.order')} · Footlight`}</title>
      {me === null || leaving ? (
        <div className={styles.wait} role="status" aria-label={t('recharge.leaving')}>
          <Spinner large />
        </div>
      ) : (
        <div className={styles.box}>
          <OrderProgress orderId={orderId}>{(order) => <Ways order={order} next={next} />}</OrderProgress>
        </div>
      )}
    </div>
  )
}

/** Right after ordering, the browser goes on to the provider's page; when it comes back here, it stays. */
function useGoingToPay(orderId: string): boolean {
  const { state, pathname, search } = useLocation()
  const navigate = useNavigate()
  const [leaving] = useState((state as { pay?: boolean } | null)?.pay === true)
  const [stayed, setStayed] = useState(false)
  useEffect(() => {
    if (!leaving) return
    const go = async () => {
      // Forgotten first: coming back by the browser's own button must not lead away again.
      await navigate(pathname + search, { replace: true, state: null })
      const order = await rechargeApi.order(orderId)
      if (order.state === 'pending' && order.way?.kind === 'redirect') location.assign(order.way.url)
      else setStayed(true)
    }
    go().catch(() => setStayed(true))
    // Once, for the order this page was opened with.
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [])
  return leaving && !stayed
}

function Ways({ order: { state }, next }: { readonly order: OrderView; readonly next: string }) {
  const { t } = useTranslation()
  const done = state === 'credited'
  const again = `/recharge${next === '' ? '' : `?next=${encodeURIComponent(next)}`}`
  return (
    <div className={styles.actions}>
      {next === '' ? null : (
        <ButtonLink kind={done ? 'primary' : 'plain'} to={next} data-testid="back">
          {t('recharge.back')}
        </ButtonLink>
      )}
      {done ? (
        <ButtonLink kind={next === '' ? 'primary' : 'quiet'} to="/wallet">
          {t('recharge.toWallet')}
        </ButtonLink>
      ) : null}
      {state === 'expired' || state === 'refunded' ? (
        <ButtonLink kind="primary" to={again}>
          {t('recharge.again')}
        </ButtonLink>
      ) : state === 'pending' || state === 'created' ? (
        <ButtonLink kind="quiet" to={again}>
          {t('recharge.other')}
        </ButtonLink>
      ) : null}
    </div>
  )
}
