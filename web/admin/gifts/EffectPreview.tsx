// Plays a gift's effect in the back office as a room will see it.
import { useEffect, useRef, useState } from 'react'
import { Button } from 'antd'
import { Play } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { GiftEffect } from '../../../server/contract/gifts.ts'
import { playEffect } from '../../gifts/playEffect.ts'
import styles from './GiftsAdmin.module.css'

type Props = { readonly effect: GiftEffect; readonly url: string | null; readonly iconUrl: string | null; readonly durationMs: number }

export function EffectPreview({ effect, url, iconUrl, durationMs }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const [turn, setTurn] = useState(1)
  const [over, setOver] = useState(false)
  const playable = effect !== 'none' && url !== null
  useEffect(() => {
    if (!playable || root.current === null) return
    const abort = new AbortController()
    void playEffect({ root: root.current, url, effect, durationMs, signal: abort.signal }).then(() => !abort.signal.aborted && setOver(true))
    return () => abort.abort()
  }, [playable, url, effect, durationMs, turn])
  return (
    <div className={styles.preview} data-testid="effect-preview">
      <div ref={root} key={`${url} ${turn}`} className={styles.picture} aria-hidden="true" />
      {playable && !over ? null : (
        <div className={styles.still}>
          {iconUrl === null ? null : <img src={iconUrl} alt="" width={96} height={96} />}
          {playable ? (
            <Button
              icon={<Play size={16} aria-hidden="true" />}
              onClick={() => {
                setOver(false)
                setTurn(turn + 1)
              }}
            >
              {t('gifts.admin.preview')}
            </Button>
          ) : (
            <span>{t('gifts.admin.noEffect')}</span>
          )}
        </div>
      )}
    </div>
  )
}
