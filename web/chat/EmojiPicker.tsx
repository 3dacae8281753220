// A small grid of emoji, those used last first.
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import styles from './Composer.module.css'
import { emojiCategories, emojiCategoryNames, recentEmoji, rememberEmoji } from './emoji.ts'

export function EmojiPicker({ onPick }: { readonly onPick: (emoji: string) => void }) {
  const { t } = useTranslation()
  const [recent] = useState(recentEmoji)
  const pick = (emoji: string) => {
    rememberEmoji(emoji)
    onPick(emoji)
  }
  const groups = [...(recent.length === 0 ? [] : [{ key: 'recent', label: t('chat.emojiRecent'), list: recent as readonly string[] }]), ...emojiCategoryNames.map((name) => ({ key: name, label: t(`chat.emojiCategory.${name}`), list: emojiCategories[name] as readonly string[] }))]
  return (
    <div className={styles.emoji} role="group" aria-label={t('chat.emoji')} data-testid="emoji-picker">
      {groups.map(({ key, label, list }) => (
        <div key={key} role="group" aria-label={label}>
          <p aria-hidden="true">{label}</p>
          <div className={styles.grid}>
            {list.map((emoji) => (
              <button key={emoji} type="button" onClick={() => pick(emoji)} aria-label={emoji}>
                {emoji}
              </button>
            ))}
          </div>
        </div>
      ))}
    </div>
  )
}
