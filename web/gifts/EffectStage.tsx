// Full-screen effects over the picture: one after another, each can be skipped, and all can be switched off.
import { useEffect, useRef } from 'react'
import { EyeOff, SkipForward } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './EffectStage.module.css'
import { giftName } from './giftName.ts'
import type { GiftShow } from './GiftShow.ts'
import { playEffect } from './playEffect.ts'
import { preloadEffects } from './preloadEffects.ts'
import { useGiftSnapshot } from './useGiftShow.ts'

export function EffectStage({ show }: { readonly show: GiftShow }) {
  const { t, i18n } = useTranslation()
  const { effect, waiting } = useGiftSnapshot(show)
  const root = useRef<HTMLDivElement>(null)
  const preloaded = useRef(false)
  useEffect(() => {
    if (effect === null || root.current === null) return
    const abort = new AbortController()
    const { gift } = effect.line
    void playEffect({ root: root.current, url: effect.url, effect: gift.effect, durationMs: gift.durationMs, signal: abort.signal }).then(() => {
      if (abort.signal.aborted) return
      show.done(effect.key)
      if (!preloaded.current) preloadEffects()
      preloaded.current = true
    })
    return () => abort.abort()
  }, [effect, show])
  if (effect === null) return null
  const { line } = effect
  return (
    <div className={styles.stage} data-testid="gift-effect" data-gift={line.gift.id} data-waiting={waiting}>
      <div ref={root} key={effect.key} className={styles.picture} aria-hidden="true" />
      <p className={styles.caption}>
        <b>{line.sender.displayName}</b> {t('gifts.gave', { gift: giftName(line.gift.name, i18n.language) })}
        {line.quantity > 1 ? <i> ×{line.quantity}</i> : null}
      </p>
      <div className={styles.tools}>
        <button type="button" onClick={() => show.done(effect.key)} data-testid="gift-effect-skip">
          <SkipForward size={15} aria-hidden="true" />
          {waiting === 0 ? t('gifts.skip') : t('gifts.skipOf', { count: waiting })}
        </button>
        <button type="button" onClick={() => show.setEffects(false)} aria-label={t('gifts.hideEffects')} title={t('gifts.hideEffects')} data-testid="gift-effect-hide">
          <EyeOff size={15} aria-hidden="true" />
        </button>
      </div>
    </div>
  )
}
