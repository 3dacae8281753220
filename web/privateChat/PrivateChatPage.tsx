// `/messages/:name?`: private chat. Two panes side by side; on a phone one after the other.
import { Lock, MessagesSquare } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation, useParams } from 'react-router'
import { useSession } from '../accounts/SessionProvider.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { ConversationList } from './ConversationList.tsx'
import styles from './PrivateChatPage.module.css'
import { ThreadPane } from './ThreadPane.tsx'

export function PrivateChatPage() {
  const { t } = useTranslation()
  const { name } = useParams()
  const { pathname } = useLocation()
  const { me } = useSession()
  const title = <title>{`${t('privateChat.title')} · Footlight`}</title>
  if (me === null)
    return (
      <div className={styles.wait} role="status" aria-label={t('app.loading')}>
        {title}
        <Spinner large />
      </div>
    )
  if (me.user === null)
    return (
      <div className={styles.narrow}>
        {title}
        <MessageBox
          title={t('privateChat.logInTitle')}
          icon={<Lock size={28} aria-hidden="true" />}
          actions={
            <ButtonLink kind="primary" to={`/login?next=${encodeURIComponent(pathname)}`}>
              {t('app.logIn')}
            </ButtonLink>
          }
        >
          {t('privateChat.logInBody')}
        </MessageBox>
      </div>
    )
  return (
    <div className={styles.page} data-showing={name === undefined ? 'list' : 'thread'} data-testid="private-chat">
      {title}
      <ConversationList />
      {name === undefined ? (
        <div className={styles.pick}>
          <MessagesSquare size={36} aria-hidden="true" />
          <h2>{t('privateChat.pickTitle')}</h2>
          <p>{t('privateChat.pickBody')}</p>
        </div>
      ) : (
        <ThreadPane key={name} threadKey={name} />
      )}
    </div>
  )
}
