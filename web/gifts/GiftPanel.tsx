// The gift panel: what there is, how many, what it costs and what one has; recharging in place.
import { Suspense, useEffect, useRef, useState } from 'react'
import { Sparkles, X } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { GiftView } from '../../server/contract/gifts.ts'
import type { UserView } from '../../server/contract/http.ts'
import { lazyPart } from '../client/lazyPart.ts'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { GiftCheckout } from './GiftCheckout.tsx'
import { GiftGrid } from './GiftGrid.tsx'
import styles from './GiftPanel.module.css'
import type { GiftShow } from './GiftShow.ts'
import { giftsApi } from './giftsApi.ts'
import { LoginToGive } from './LoginToGive.tsx'
import { PacketIcon } from './PacketIcon.tsx'
import type { GiftSender } from './useGiftSender.ts'
import { useGiftSnapshot } from './useGiftShow.ts'

const PacketForm = lazyPart(() => import('./PacketForm.tsx').then((form) => ({ default: form.PacketForm })))

type Props = { readonly channel: string; readonly live: boolean; readonly user: UserView | null; readonly sender: GiftSender; readonly coinsAfter: string | null; readonly show: GiftShow; readonly onClose: () => void }

const tabs = {
  all: () => true,
  small: ({ tier, guardsOnly }: GiftView) => tier < 3 && !guardsOnly,
  grand: ({ tier, guardsOnly }: GiftView) => tier >= 3 && !guardsOnly,
  guard: ({ guardsOnly }: GiftView) => guardsOnly,
} as const
type Tab = keyof typeof tabs | 'packet'

export function GiftPanel({ channel, live, user, sender, coinsAfter, show, onClose }: Props) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const root = useRef<HTMLDivElement>(null)
  const [tab, setTab] = useState<Tab>('all')
  const [chosen, setChosen] = useState<string | null>(null)
  const { effectsOn } = useGiftSnapshot(show)
  const { data: gifts, error, loading, reload } = useResource('gifts', (signal) => giftsApi.catalogue(signal))
  const { data: panel } = useResource(`gift panel ${channel} ${user?.name ?? ''}`, async (signal) => (user === null ? null : giftsApi.panel(channel, signal)))
  useEffect(() => root.current?.focus(), [])
  const shown = tab === 'packet' ? [] : (gifts ?? []).filter(tabs[tab])
  const gift = gifts?.find(({ id }) => id === chosen) ?? null
  const close = (event: { key: string; stopPropagation: () => void }) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onClose()
  }
  return (
    <div ref={root} className={styles.panel} role="dialog" aria-label={t('gifts.title')} tabIndex={-1} onKeyDown={close} data-testid="gift-panel">
      <header className={styles.head}>
        <div className={styles.tabs} role="group" aria-label={t('gifts.kinds')}>
          {(['all', 'small', 'grand', 'guard'] as const).map((name) => (
            <button key={name} type="button" aria-pressed={tab === name} onClick={() => setTab(name)} data-testid={`gift-tab-${name}`}>
              {t(`gifts.tab.${name}`)}
            </button>
          ))}
        </div>
        {user === null ? null : (
          <button type="button" className={styles.tool} aria-pressed={tab === 'packet'} onClick={() => setTab(tab === 'packet' ? 'all' : 'packet')} title={t('gifts.packet')} aria-label={t('gifts.packet')} data-testid="gift-tab-packet">
            <PacketIcon size={22} />
          </button>
        )}
        <button type="button" className={styles.tool} aria-pressed={effectsOn} onClick={() => show.setEffects(!effectsOn)} aria-label={t('gifts.effects')} title={t(effectsOn ? 'gifts.hideEffects' : 'gifts.showEffects')} data-testid="gift-effects" data-on={effectsOn}>
          <Sparkles size={18} aria-hidden="true" />
        </button>
        <button type="button" className={styles.tool} onClick={onClose} aria-label={t('chat.close')} title={t('chat.close')}>
          <X size={18} aria-hidden="true" />
        </button>
      </header>
      {tab === 'packet' ? (
        <Suspense fallback={<Spinner />}>
          <PacketForm channel={channel} onSent={onClose} userId={user?.id ?? ''} />
        </Suspense>
      ) : gifts === null ? (
        <div className={styles.wait}>
          {error === null ? (
            <Spinner />
          ) : (
            <>
              <p>{failureText(error)}</p>
              <Button busy={loading} onClick={reload}>
                {t('app.retry')}
              </Button>
            </>
          )}
        </div>
      ) : (
        <GiftGrid gifts={shown} chosen={chosen} guard={panel?.guard ?? null} onChoose={setChosen} empty={t('gifts.none')} />
      )}
      {tab === 'packet' ? null : user === null ? <LoginToGive /> : <GiftCheckout key={user.id} channel={channel} userId={user.id} live={live} gift={gift} mayGuard={panel?.guard != null} sender={sender} coinsAfter={coinsAfter} onPriceChanged={reload} />}
    </div>
  )
}
