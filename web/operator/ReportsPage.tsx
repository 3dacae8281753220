// `/operator/reports`: what users complained of, the platform's words, and the record, for operators.
import { useState } from 'react'
import { BookOpenText, Flag, ListX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { may } from '../../server/contract/permissions.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { AuditList } from '../moderation/AuditList.tsx'
import { WordsEditor } from '../moderation/WordsEditor.tsx'
import { StudioTabs } from '../studio/StudioTabs.tsx'
import { ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { ReportQueue } from './ReportQueue.tsx'
import styles from './ReportsPage.module.css'

type Key = 'reports' | 'words' | 'record'

export function ReportsPage() {
  const { t } = useTranslation()
  const { me } = useSession()
  const [tab, setTab] = useState<Key>('reports')
  const title = <title>{`${t('moderation.operatorTitle')} · Footlight`}</title>
  if (me === null)
    return (
      <div className={styles.wait}>
        {title}
        <Spinner large />
      </div>
    )
  const role = me.user === null || me.user.role === 'user' ? 'viewer' : me.user.role
  if (!may(role, 'reports:handle'))
    return (
      <div className={styles.page}>
        {title}
        <MessageBox
          title={t('moderation.reportsOnly')}
          icon={<Flag size={28} aria-hidden="true" />}
          actions={
            me.user === null ? (
              <ButtonLink kind="primary" to="/login?next=/operator/reports">
                {t('app.logIn')}
              </ButtonLink>
            ) : undefined
          }
        />
      </div>
    )
  const tabs = [
    { key: 'reports', label: t('moderation.reports'), icon: <Flag size={16} aria-hidden="true" /> },
    { key: 'words', label: t('moderation.words'), icon: <ListX size={16} aria-hidden="true" /> },
    { key: 'record', label: t('moderation.record'), icon: <BookOpenText size={16} aria-hidden="true" /> },
  ] as const
  return (
    <div className={styles.page}>
      {title}
      <h1>{t('moderation.operatorTitle')}</h1>
      <StudioTabs<Key> label={t('moderation.operatorTitle')} tabs={tabs} chosen={tab} onChoose={setTab} />
      <div id={`panel-${tab}`} role="tabpanel" aria-labelledby={`tab-${tab}`}>
        {tab === 'reports' ? <ReportQueue /> : tab === 'words' ? <WordsEditor place={null} /> : <AuditList place={null} />}
      </div>
    </div>
  )
}
