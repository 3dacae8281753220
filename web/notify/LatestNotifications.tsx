// What the bell opens: the latest notifications, read by being seen here.
import { useEffect } from 'react'
import { CheckCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { NotificationItem } from './NotificationItem.tsx'
import styles from './Notifications.module.css'
import { notifyApi } from './notifyApi.ts'

export function LatestNotifications({ onLeave }: { readonly onLeave: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { data, error, reload } = useResource('latest-notifications', (signal) => notifyApi.page(null, signal))

  // They keep their mark until the panel closes: one sees what was new.
  useEffect(() => {
    const ids = data?.notifications.filter(({ read }) => !read).map(({ id }) => id) ?? []
    if (ids.length > 0) void notifyApi.read(ids).catch(() => undefined)
  }, [data])

  return (
    <>
      <div className={styles.head}>
        <strong>{t('notify.title')}</strong>
        {data !== null && data.unread > data.notifications.length ? (
          <Button kind="quiet" icon={<CheckCheck aria-hidden="true" />} onClick={() => void notifyApi.read().then(reload, () => undefined)}>
            {t('notify.readAll')}
          </Button>
        ) : null}
      </div>
      {data === null ? (
        <p className={styles.none}>{error === null ? <Spinner /> : failureText(error)}</p>
      ) : data.notifications.length === 0 ? (
        <p className={styles.none}>{t('notify.none')}</p>
      ) : (
        <ul className={styles.scroll}>
          {data.notifications.map((notification) => (
            <NotificationItem key={notification.id} notification={notification} onOpen={onLeave} />
          ))}
        </ul>
      )}
      <Link to="/notifications" className={styles.all} onClick={onLeave}>
        {t('notify.all')}
      </Link>
    </>
  )
}
