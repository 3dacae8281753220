// Whom one guards, and until when.
import { ChevronRight } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './WalletList.module.css'
import { walletApi } from './walletApi.ts'

export function GuardsList() {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const { data: guards, error, reload } = useResource('own guards', (signal) => walletApi.guards(signal))
  const day = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'medium' })
  if (guards === null)
    return error === null ? (
      <div className={`skeleton ${styles.wait}`} role="status" aria-label={t('app.loading')} />
    ) : (
      <MessageBox tone="bad" size="note" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
    )
  return (
    <div className={styles.list} data-testid="wallet-guards">
      {guards.length === 0 ? <p className={styles.none}>{t('wallet.noGuards')}</p> : null}
      <ul>
        {guards.map(({ channel, title, host, standing }) => (
          <li key={channel}>
            <Link to={`/guard/${channel}`} className={styles.line} data-testid="wallet-guard">
              <Avatar name={host.displayName} url={host.avatarUrl} size={40} />
              <div className={styles.what}>
                <b>{host.displayName}</b>
                <small>{title}</small>
              </div>
              <div className={styles.how}>
                <b>{t(`wallet.guardTerm.${standing.term}`)}</b>
                <small>{t('wallet.until', { date: day.format(new Date(standing.until)) })}</small>
              </div>
              <ChevronRight size={18} aria-hidden="true" className={styles.arrow} />
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}
