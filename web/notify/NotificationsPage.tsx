// `/notifications`: everything the bell has told.
import { useEffect, useState } from 'react'
import { Bell, CheckCheck } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { NotificationView } from '../../server/contract/notify.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useSockets } from '../client/SocketProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { NotificationItem } from './NotificationItem.tsx'
import styles from './Notifications.module.css'
import { notifyApi } from './notifyApi.ts'

function AllNotifications() {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const sockets = useSockets()
  const { data, error, reload, replace } = useResource('notifications', (signal) => notifyApi.page(null, signal))
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)

  useEffect(() => {
    let stop: (() => void) | undefined
    let gone = false
    void sockets.get().then(
      (socket) => {
        if (!gone) stop = socket.on('notified', reload)
      },
      () => undefined,
    )
    return () => {
      gone = true
      stop?.()
    }
  }, [sockets, reload])

  const act = async (doing: () => Promise<void>) => {
    setBusy(true)
    setProblem(null)
    await doing().catch((thrown: unknown) => setProblem(failureText(thrown)))
    setBusy(false)
  }
  const readAll = () =>
    act(async () => {
      const { unread } = await notifyApi.read()
      if (data !== null) replace({ ...data, unread, notifications: data.notifications.map((one) => ({ ...one, read: true })) })
    })
  const goOn = () =>
    act(async () => {
      if (data === null) return
      const page = await notifyApi.page(data.next)
      replace({ ...page, notifications: [...data.notifications, ...page.notifications] })
    })
  const readOne = ({ id, read }: NotificationView) => {
    if (!read) void notifyApi.read([id]).catch(() => undefined)
  }

  if (data === null) return error === null ? <Spinner large /> : <MessageBox tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
  return (
    <>
      <div className={styles.title}>
        <h1>{t('notify.title')}</h1>
        <Button icon={<CheckCheck aria-hidden="true" />} disabled={data.unread === 0} busy={busy} onClick={() => void readAll()} data-testid="read-all">
          {t('notify.readAll')}
        </Button>
      </div>
      {data.notifications.length === 0 ? (
        <MessageBox title={t('notify.none')} icon={<Bell size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('people.toHome')}</ButtonLink>} />
      ) : (
        <ul className={styles.list}>
          {data.notifications.map((notification) => (
            <NotificationItem key={notification.id} notification={notification} onOpen={() => readOne(notification)} />
          ))}
        </ul>
      )}
      <div className={styles.more}>
        {data.next === null ? null : (
          <Button busy={busy} onClick={() => void goOn()}>
            {t('notify.more')}
          </Button>
        )}
        {problem === null ? null : <p role="alert" className={styles.problem}>{problem}</p>}
      </div>
    </>
  )
}

export function NotificationsPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  return (
    <div className={styles.page}>
      <title>{`${t('notify.title')} · Footlight`}</title>
      {me === null ? null : me.user === null ? (
        <MessageBox title={t('notify.logInTitle')} icon={<Bell size={28} aria-hidden="true" />} actions={<ButtonLink kind="primary" to="/login?next=/notifications">{t('app.logIn')}</ButtonLink>} />
      ) : (
        <AllNotifications />
      )}
    </div>
  )
}
