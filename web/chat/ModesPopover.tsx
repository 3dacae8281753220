// The rules of the chat, for those who set them.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChatModes } from '../../server/contract/chat.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import type { ChatFeed } from './ChatFeed.ts'
import styles from './ChatPanel.module.css'
import { Popover } from './Popover.tsx'

const slowChoices = [0, 3, 5, 10, 30, 60, 120, 300]
/** Minutes; -1: off. */
const followChoices = [-1, 0, 10, 60, 1_440, 10_080]
const switches = [
  ['emoteOnly', 'modeEmote'],
  ['noLinks', 'modeNoLinks'],
  ['uniqueOnly', 'modeUnique'],
  ['guardsOnly', 'modeGuards'],
  ['off', 'modeOff'],
] as const

export function ModesPopover({ feed, modes, onClose }: { readonly feed: ChatFeed; readonly modes: ChatModes; readonly onClose: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [failure, setFailure] = useState<unknown>(null)
  const set = (change: Partial<ChatModes>) => {
    setFailure(null)
    feed.setModes(change).catch(setFailure)
  }
  const slow = slowChoices.includes(modes.slowSeconds) ? slowChoices : [...slowChoices, modes.slowSeconds].sort((a, b) => a - b)
  const follow = modes.followersMinutes ?? -1
  const follows = followChoices.includes(follow) ? followChoices : [...followChoices, follow].sort((a, b) => a - b)
  const span = (minutes: number) =>
    minutes < 0 ? t('chat.off') : minutes === 0 ? t('chat.anyFollower') : minutes < 60 ? t('chat.minutes', { value: minutes }) : minutes < 1_440 ? t('chat.hours', { value: minutes / 60 }) : t('chat.days', { value: minutes / 1_440 })
  return (
    <Popover label={t('chat.rules')} onClose={onClose} testId="chat-modes">
      <label className={styles.mode}>
        <span>{t('chat.modeSlow')}</span>
        <select value={modes.slowSeconds} onChange={(event) => set({ slowSeconds: Number(event.target.value) })} name="slowSeconds">
          {slow.map((seconds) => (
            <option key={seconds} value={seconds}>
              {seconds === 0 ? t('chat.off') : t('chat.seconds', { value: seconds })}
            </option>
          ))}
        </select>
      </label>
      <label className={styles.mode}>
        <span>{t('chat.modeFollowers')}</span>
        <select value={follow} onChange={(event) => set({ followersMinutes: Number(event.target.value) < 0 ? null : Number(event.target.value) })} name="followersMinutes">
          {follows.map((minutes) => (
            <option key={minutes} value={minutes}>
              {span(minutes)}
            </option>
          ))}
        </select>
      </label>
      {switches.map(([mode, label]) => (
        <label key={mode} className={styles.mode}>
          <span>{t(`chat.${label}`)}</span>
          <input type="checkbox" role="switch" name={mode} checked={modes[mode]} onChange={(event) => set({ [mode]: event.target.checked })} />
        </label>
      ))}
      <p className={styles.hint}>{t('chat.modeHint')}</p>
      {failure === null ? null : (
        <p className={styles.bad} role="alert">
          {failureText(failure)}
        </p>
      )}
    </Popover>
  )
}
