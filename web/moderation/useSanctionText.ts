// Says a sanction in one line: what, until when, by whom and why.
import { useTranslation } from 'react-i18next'
import type { SanctionView } from '../../server/contract/moderation.ts'
import { formatWhen } from '../i18n/formatWhen.ts'

export function useSanctionText(): (sanction: SanctionView) => { readonly state: string; readonly length: string; readonly by: string } {
  const { t, i18n } = useTranslation()
  return ({ kind, show, until, by }) => ({
    state: t(`moderation.state.${kind}`),
    length: show ? t('moderation.untilShow') : until === null ? t('moderation.untilEver') : t('moderation.until', { when: formatWhen(until, i18n.language) }),
    by: by === null ? t('moderation.byFilter') : t('moderation.by', { name: by.displayName }),
  })
}
