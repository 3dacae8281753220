// Puts coins into a red packet for the room.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSockets } from '../client/SocketProvider.tsx'
import { formatAmount } from '../i18n/formatMoney.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { MoneyText } from '../ui/MoneyText.tsx'
import { useWallet } from '../wallet/useWallet.ts'
import { newKey } from './newKey.ts'
import styles from './PacketForm.module.css'
import { sendSurely } from './sendSurely.ts'

const delays = [0, 30, 60, 180, 600] as const
const MOST_SHARES = 200
const GIVE_UP_MS = 60_000
const whole = (text: string): number => (/^[1-9]\d{0,11}$/.test(text.trim()) ? Number(text) : 0)

export function PacketForm({ channel, userId, onSent }: { readonly channel: string; readonly userId: string; readonly onSent: () => void }) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const sockets = useSockets()
  const wallet = useWallet(userId)
  const [total, setTotal] = useState('100')
  const [shares, setShares] = useState('10')
  const [delay, setDelay] = useState<number>(60)
  const [state, setState] = useState<'idle' | 'sending' | 'pending'>('idle')
  const [failure, setFailure] = useState<unknown>(null)
  const coins = whole(total)
  const parts = whole(shares)
  const wrong = coins === 0 ? 'gifts.packetTotalWrong' : parts === 0 || parts > MOST_SHARES ? 'gifts.packetSharesWrong' : coins < parts ? 'gifts.packetTooFew' : wallet.data !== null && BigInt(coins) > BigInt(wallet.data.coins) ? 'gifts.tooFew' : null

  const send = async () => {
    setState('sending')
    setFailure(null)
    try {
      const socket = await sockets.get()
      await sendSurely({ socket, name: 'packet:send', data: { channel, total: String(coins), shares: parts, delaySeconds: delay, key: newKey() }, onPending: () => setState('pending'), signal: AbortSignal.timeout(GIVE_UP_MS) })
      onSent()
    } catch (thrown) {
      setFailure(thrown)
    } finally {
      setState('idle')
    }
  }
  return (
    <form
      className={styles.form}
      onSubmit={(event) => {
        event.preventDefault()
        if (wrong === null && state === 'idle') void send()
      }}
    >
      <p className={styles.lead}>{t('gifts.packetLead')}</p>
      <label>
        <span>{t('gifts.packetTotal')}</span>
        <input inputMode="numeric" value={total} onChange={(event) => setTotal(event.target.value)} aria-invalid={coins === 0} data-testid="packet-total" />
      </label>
      <label>
        <span>{t('gifts.packetSharesLabel')}</span>
        <input inputMode="numeric" value={shares} onChange={(event) => setShares(event.target.value)} aria-invalid={parts === 0} data-testid="packet-shares" />
      </label>
      <label>
        <span>{t('gifts.packetDelay')}</span>
        <select value={delay} onChange={(event) => setDelay(Number(event.target.value))} data-testid="packet-delay">
          {delays.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? t('gifts.packetNow') : seconds < 60 ? t('gifts.packetSeconds', { count: seconds }) : t('gifts.packetMinutes', { count: seconds / 60 })}
            </option>
          ))}
        </select>
      </label>
      {wrong === null && failure === null ? null : (
        <p className={styles.bad} role="alert">
          {wrong === null ? failureText(failure) : t(wrong)}
        </p>
      )}
      {state === 'pending' ? <p role="status">{t('gifts.pending')}</p> : null}
      <div className={styles.pay}>
        <span>{wallet.data === null ? '…' : <MoneyText amount={wallet.data.coins} currency="coin" size={15} />}</span>
        <Button kind="primary" type="submit" disabled={wrong !== null} busy={state !== 'idle'} data-testid="packet-send">
          {t('gifts.packetSend', { coins: formatAmount(String(coins), i18n.language) })}
        </Button>
      </div>
    </form>
  )
}
