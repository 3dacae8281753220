// The studio's tab of moderators, sanctions, words and the record.
import { AuditList } from './AuditList.tsx'
import styles from './ModerationTab.module.css'
import { ModeratorsCard } from './ModeratorsCard.tsx'
import { SanctionsCard } from './SanctionsCard.tsx'
import { WordsEditor } from './WordsEditor.tsx'

export type ModerationTabProps = { readonly channel: string }

export function ModerationTab({ channel }: ModerationTabProps) {
  return (
    <div className={styles.grid} data-testid="moderation-tab">
      <div className={styles.column}>
        <ModeratorsCard channel={channel} />
        <SanctionsCard channel={channel} />
      </div>
      <div className={styles.column}>
        <WordsEditor place={channel} />
        <AuditList place={channel} />
      </div>
    </div>
  )
}
