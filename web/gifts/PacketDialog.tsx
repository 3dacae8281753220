// One red packet: wait for it, open it, and see who got what.
import { useEffect, useState } from 'react'
import { Crown } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { Amount, } from '../../server/contract/money.ts'
import type { PacketResult, PacketView } from '../../server/contract/gifts.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { RequestFailed } from '../client/RequestFailed.ts'
import { formatDuration } from '../i18n/formatDuration.ts'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { Sheet } from '../moderation/Sheet.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { giftsApi } from './giftsApi.ts'
import type { PacketBook } from './PacketBook.ts'
import styles from './PacketDialog.module.css'

type Props = { readonly packet: PacketView; readonly book: PacketBook; readonly claimed: boolean; readonly ahead: number; readonly onClose: () => void }

export function PacketDialog({ packet, book, claimed, ahead, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { pathname } = useLocation()
  const { me } = useSession()
  const now = useNow() + ahead
  const [busy, setBusy] = useState(false)
  const [got, setGot] = useState<{ readonly amount: Amount | null } | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const [result, setResult] = useState<PacketResult | null>(null)
  const left = Date.parse(packet.opensAt) - now
  const over = packet.state === 'empty' || packet.state === 'returned'
  const waits = packet.state === 'waiting' && left > 0
  const known = claimed || got !== null || over

  useEffect(() => {
    if (!known) return
    const abort = new AbortController()
    giftsApi.packet(packet.id, abort.signal).then(setResult, () => undefined)
    return () => abort.abort()
  }, [known, packet.id, packet.left, packet.state])

  const open = async () => {
    setBusy(true)
    setFailure(null)
    try {
      const { amount } = await book.claim(packet.id)
      setGot({ amount })
    } catch (thrown) {
      if (RequestFailed.from(thrown).code === 'already-claimed') book.markClaimed(packet.id)
      else setFailure(thrown)
    } finally {
      setBusy(false)
    }
  }
  const own = result?.claims.find(({ person }) => person.name === me?.user?.name)?.amount ?? got?.amount ?? null
  return (
    <Sheet label={t('gifts.packet')} onClose={onClose} testId="packet-dialog">
      <div className={styles.cover}>
        <Avatar name={packet.sender.displayName} url={packet.sender.avatarUrl} size={52} />
        <p>{t('gifts.packetFrom', { name: packet.sender.displayName })}</p>
        {known ? (
          <div className={styles.got} role="status" data-testid="packet-got" data-amount={own ?? ''}>
            {own === null ? t(packet.state === 'returned' ? 'gifts.packetOverLong' : 'gifts.packetEmptyLong') : t('gifts.packetYouGot', { coins: formatAmount(own, i18n.language) })}
          </div>
        ) : me?.user == null ? (
          <ButtonLink kind="primary" to={`/login?next=${encodeURIComponent(pathname)}`}>
            {t('gifts.packetLogIn')}
          </ButtonLink>
        ) : (
          <button type="button" className={styles.seal} disabled={waits || busy} onClick={() => void open()} data-testid="packet-open">
            {waits ? formatDuration(left + 999) : t('gifts.packetOpen')}
          </button>
        )}
        <small>{t('gifts.packetShares', { left: packet.left, count: packet.shares, total: formatAmount(packet.total, i18n.language) })}</small>
        {failure === null ? null : (
          <p className={styles.bad} role="alert">
            {failureText(failure)}
          </p>
        )}
      </div>
      {result === null ? null : (
        <ol className={styles.claims}>
          {result.claims.map(({ person, amount, luckiest }) => (
            <li key={person.id} data-testid="packet-claim">
              <Avatar name={person.displayName} url={person.avatarUrl} size={30} />
              <span>
                {person.displayName}
                {luckiest ? (
                  <em>
                    <Crown size={12} aria-hidden="true" /> {t('gifts.packetLuckiest')}
                  </em>
                ) : null}
              </span>
              <MoneyText amount={amount} currency="coin" size={14} />
            </li>
          ))}
        </ol>
      )}
    </Sheet>
  )
}
