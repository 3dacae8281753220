// The chat's rules in force, told before one breaks them.
import { useTranslation } from 'react-i18next'
import type { ChatModes } from '../../server/contract/chat.ts'
import { FollowButton } from '../people/FollowButton.tsx'
import styles from './ChatPanel.module.css'
import { rulesOf } from './writeBlock.ts'

/** @param follow who to follow where only followers may write; null for those the rules do not bind. */
export function RuleLine({ modes, follow, onFollow }: { readonly modes: ChatModes; readonly follow: string | null; readonly onFollow: () => void }) {
  const { t } = useTranslation()
  const rules = rulesOf(modes)
  if (rules.length === 0) return null
  const minutes = modes.followersMinutes
  const words = { off: t('chat.ruleOff'), slow: t('chat.ruleSlow', { seconds: modes.slowSeconds }), followers: minutes === null || minutes === 0 ? t('chat.ruleFollowers') : t('chat.ruleFollowersFor', { minutes }), guards: t('chat.ruleGuards'), emote: t('chat.ruleEmote'), noLinks: t('chat.ruleNoLinks'), unique: t('chat.ruleUnique') }
  return (
    <div className={styles.rules} data-testid="chat-rules">
      {rules.map((rule) => (
        <span key={rule} data-rule={rule}>
          {words[rule]}
        </span>
      ))}
      {minutes !== null && follow !== null ? <FollowButton name={follow} compact onChange={onFollow} /> : null}
    </div>
  )
}
