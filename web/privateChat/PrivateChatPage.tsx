// `/messages/:name?`: private chat.
import { useTranslation } from 'react-i18next'

export function PrivateChatPage() {
  const { t } = useTranslation()
  return <title>{`${t('privateChat.title')} · Footlight`}</title>
}
