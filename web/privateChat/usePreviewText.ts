// A message in one line, for the list.
import { useCallback } from 'react'
import { useTranslation } from 'react-i18next'
import type { PrivateMessage } from '../../server/contract/privateChat.ts'

export function usePreviewText(): (message: PrivateMessage | null) => string {
  const { t } = useTranslation()
  return useCallback(
    (message) => {
      if (message === null) return ''
      if (message.state === 'recalled') return message.mine ? t('privateChat.recalledMine') : t('privateChat.recalled')
      if (message.state === 'erased') return t('privateChat.erased')
      const text = [message.image === null ? '' : t('privateChat.picture'), message.text.replace(/\s+/g, ' ')].filter(Boolean).join(' ')
      return message.mine ? t('privateChat.you', { text }) : text
    },
    [t],
  )
}
