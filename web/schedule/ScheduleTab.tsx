// The studio's tab to announce shows.
import { useState } from 'react'
import { CalendarX, Pencil } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import type { ShowView } from '../../server/contract/schedule.ts'
import { useResource } from '../client/useResource.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import styles from './Schedule.module.css'
import { scheduleApi } from './scheduleApi.ts'
import { ShowForm } from './ShowForm.tsx'

export type ScheduleTabProps = { readonly channel: string }

export function ScheduleTab({ channel }: ScheduleTabProps) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { data: shows, error, reload } = useResource(`shows:${channel}`, (signal) => scheduleApi.shows(channel, signal))
  const [editing, setEditing] = useState<string | null>(null)
  const [cancelling, setCancelling] = useState<ShowView | null>(null)
  const [problem, setProblem] = useState<string | null>(null)

  const cancel = async ({ id }: ShowView) => {
    setCancelling(null)
    setProblem(null)
    await scheduleApi.cancel(id).catch((thrown: unknown) => setProblem(failureText(thrown)))
    reload()
  }

  return (
    <div className={styles.tab}>
      <section className={styles.panel}>
        <h2>{t('schedule.announce')}</h2>
        <p className={styles.lead}>{t('schedule.announceLead')}</p>
        <ShowForm
          submit={t('schedule.add')}
          onSubmit={async (show) => {
            await scheduleApi.announce(channel, show)
            reload()
          }}
        />
      </section>
      <section className={styles.panel}>
        <h2>{t('schedule.upcoming')}</h2>
        {problem === null ? null : (
          <p role="alert" className={styles.problem}>
            {problem}
          </p>
        )}
        {shows === null ? (
          error === null ? <Spinner /> : <MessageBox size="note" tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
        ) : shows.length === 0 ? (
          <p className={styles.lead}>{t('schedule.none')}</p>
        ) : (
          <ul>
            {shows.map((show) => (
              <li key={show.id} className={styles.row} data-testid="announced">
                {editing === show.id ? (
                  <ShowForm
                    title={show.title}
                    startsAt={show.startsAt}
                    submit={t('app.save')}
                    onCancel={() => setEditing(null)}
                    onSubmit={async (change) => {
                      await scheduleApi.change(show.id, change)
                      setEditing(null)
                      reload()
                    }}
                  />
                ) : (
                  <>
                    <span className={styles.rowWords}>
                      <strong>{show.title}</strong>
                      <span>
                        <time dateTime={show.startsAt}>{formatWhen(show.startsAt, i18n.language)}</time>
                        {show.reminders > 0 ? ` · ${t('schedule.reminders', { count: show.reminders })}` : ''}
                      </span>
                    </span>
                    <Button icon={<Pencil aria-hidden="true" />} onClick={() => setEditing(show.id)}>
                      {t('schedule.edit')}
                    </Button>
                    <Button kind="danger" icon={<CalendarX aria-hidden="true" />} onClick={() => setCancelling(show)}>
                      {t('schedule.cancelShow')}
                    </Button>
                  </>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
      <ConfirmDialog open={cancelling !== null} title={t('schedule.cancelTitle', { title: cancelling?.title ?? '' })} body={t('schedule.cancelBody')} confirm={t('schedule.cancelShow')} onConfirm={() => cancelling !== null && void cancel(cancelling)} onCancel={() => setCancelling(null)} />
    </div>
  )
}
