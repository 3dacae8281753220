// The player's menu of messages over the picture: on or off, and how they look.
import { useEffect, useId, useRef } from 'react'
import type { KeyboardEvent } from 'react'
import { MessageSquareOff, MessageSquareText } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './DanmakuMenu.module.css'
import { danmakuChoices } from './danmakuSettings.ts'
import type { DanmakuSettings } from './danmakuSettings.ts'

type Props = { readonly settings: DanmakuSettings; readonly onChange: (settings: DanmakuSettings) => void; readonly open: boolean; readonly onOpen: (open: boolean) => void }

const rows = ['area', 'size', 'speed', 'density'] as const

export function DanmakuMenu({ settings, onChange, open, onOpen }: Props) {
  const { t } = useTranslation()
  const root = useRef<HTMLDivElement>(null)
  const id = useId()
  useEffect(() => {
    if (!open) return
    root.current?.querySelector<HTMLElement>('input')?.focus()
    const outside = (event: PointerEvent) => {
      if (root.current?.contains(event.target as Node) !== true) onOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    return () => document.removeEventListener('pointerdown', outside)
  }, [open, onOpen])
  const keyDown = (event: KeyboardEvent) => {
    if (!open || event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onOpen(false)
    root.current?.querySelector<HTMLElement>('button')?.focus()
  }
  const Icon = settings.on ? MessageSquareText : MessageSquareOff
  return (
    <div className={styles.root} ref={root} onKeyDown={keyDown}>
      <button type="button" className={styles.button} aria-expanded={open} aria-controls={id} aria-label={t('chat.danmaku')} title={`${t('chat.danmaku')} (d)`} aria-keyshortcuts="d" onClick={() => onOpen(!open)} data-testid="danmaku-menu" data-on={settings.on}>
        <Icon aria-hidden="true" size={20} />
      </button>
      {open ? (
        <div className={styles.menu} role="group" id={id} aria-label={t('chat.danmaku')}>
          <label className={styles.line}>
            <span>{t('chat.danmakuOn')}</span>
            <input type="checkbox" role="switch" checked={settings.on} onChange={(event) => onChange({ ...settings, on: event.target.checked })} data-testid="danmaku-on" />
          </label>
          <label className={styles.line}>
            <span>{t('chat.opacity')}</span>
            <input type="range" min={20} max={100} step={10} value={settings.opacity} disabled={!settings.on} onChange={(event) => onChange({ ...settings, opacity: Number(event.target.value) })} />
          </label>
          {rows.map((row) => (
            <fieldset key={row} className={styles.line} disabled={!settings.on}>
              <legend>{t(`chat.${row}`)}</legend>
              <span className={styles.choices}>
                {danmakuChoices[row].map((choice) => (
                  <label key={choice}>
                    <input type="radio" name={`${id}-${row}`} checked={settings[row] === choice} onChange={() => onChange({ ...settings, [row]: choice })} />
                    <span>{t(`chat.${choice}`)}</span>
                  </label>
                ))}
              </span>
            </fieldset>
          ))}
        </div>
      ) : null}
    </div>
  )
}
