// The way to give, beside where one writes: a button, and the panel it opens over the chat.
import { Suspense, useCallback, useState } from 'react'
import { Gift } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../accounts/SessionProvider.tsx'
import { lazyPart } from '../client/lazyPart.ts'
import styles from './GiftDock.module.css'
import type { GiftShow } from './GiftShow.ts'
import { useGiftSender } from './useGiftSender.ts'

const GiftPanel = lazyPart(() => import('./GiftPanel.tsx').then((panel) => ({ default: panel.GiftPanel })))

type Props = { readonly channel: string; /** Gifts are given while the channel is on air. */ readonly live: boolean; readonly show: GiftShow }

export function GiftDock({ channel, live, show }: Props) {
  const { t } = useTranslation()
  const { me } = useSession()
  const [open, setOpen] = useState(false)
  const [coins, setCoins] = useState<string | null>(null)
  // Here and not in the panel: what is under way goes on when the panel is closed.
  const sender = useGiftSender(channel, setCoins)
  const close = useCallback(() => setOpen(false), [])
  return (
    <>
      <button type="button" className={styles.button} aria-expanded={open} aria-label={t('gifts.give')} title={t('gifts.give')} onClick={() => setOpen(!open)} data-testid="gift-button">
        <Gift size={20} aria-hidden="true" />
      </button>
      {open ? (
        <Suspense>
          <GiftPanel channel={channel} live={live} user={me?.user ?? null} sender={sender} coinsAfter={coins} show={show} onClose={close} />
        </Suspense>
      ) : null}
    </>
  )
}
