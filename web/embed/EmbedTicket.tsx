// In another site's frame nobody pays: the full page is the place for that.
import { Ticket } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import styles from './EmbedPage.module.css'

export function EmbedTicket({ path, replay = false }: { readonly path: string; readonly replay?: boolean }) {
  const { t } = useTranslation()
  return (
    <div className={styles.ticket} data-testid="embed-ticket">
      <Ticket size={28} aria-hidden="true" />
      <p>{t(replay ? 'tickets.replayTitle' : 'tickets.needTitle')}</p>
      <a href={path} target="_blank" rel="noopener">
        {t('tickets.embed')}
      </a>
    </div>
  )
}
