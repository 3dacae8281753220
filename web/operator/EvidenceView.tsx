// The evidence of a report, as it was when it came; the picture opens on demand, for what may be on it.
import { useTranslation } from 'react-i18next'
import type { Evidence } from '../../server/contract/reports.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import styles from './ReportCard.module.css'

export function EvidenceView({ evidence, snapshotUrl }: { readonly evidence: Evidence; readonly snapshotUrl: string | null }) {
  const { t, i18n } = useTranslation()
  return (
    <section className={styles.evidence} aria-label={t('moderation.evidence')} data-testid="evidence">
      {evidence.type === 'message' ? (
        <>
          <small>
            {t('moderation.evidenceText')} · {formatWhen(evidence.at, i18n.language)}
          </small>
          <blockquote>{evidence.text}</blockquote>
        </>
      ) : evidence.type === 'user' ? (
        <>
          <small>{t('moderation.evidenceProfile')}</small>
          <blockquote>
            <b>{evidence.person.displayName}</b>
            {'\n'}
            {evidence.bio === '' ? t('moderation.evidenceNoBio') : evidence.bio}
            {evidence.links.map(({ url }) => `\n${url}`)}
          </blockquote>
        </>
      ) : (
        <>
          <small>
            {formatWhen(evidence.startedAt, i18n.language)} · {t('moderation.evidenceViewers', { count: evidence.viewers })}
          </small>
          <blockquote>{evidence.title}</blockquote>
        </>
      )}
      {snapshotUrl === null ? null : (
        <details className={styles.picture}>
          <summary>{t('moderation.evidencePicture')}</summary>
          <img src={snapshotUrl} alt={t('moderation.evidencePicture')} loading="lazy" />
        </details>
      )}
    </section>
  )
}
