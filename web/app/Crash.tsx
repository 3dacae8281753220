// Catches what a page throws while drawing, and offers the way back.
import { Component } from 'react'
import type { ErrorInfo, ReactNode } from 'react'
import { TriangleAlert } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import styles from './Layout.module.css'

function CrashPage({ error }: { readonly error: Error }) {
  const { t } = useTranslation()
  return (
    <div className={styles.narrow}>
      <title>{`${t('crash.title')} · Footlight`}</title>
      <MessageBox
        tone="bad"
        title={t('crash.title')}
        icon={<TriangleAlert size={28} aria-hidden="true" />}
        actions={
          <>
            <Button kind="primary" onClick={() => location.reload()}>
              {t('crash.reload')}
            </Button>
            <ButtonLink to="/" reloadDocument>
              {t('notFound.home')}
            </ButtonLink>
          </>
        }
      >
        <p>{t('crash.body')}</p>
        <details className={styles.details}>
          <summary>{t('crash.details')}</summary>
          <code>{error.message}</code>
        </details>
      </MessageBox>
    </div>
  )
}

type Props = { readonly children: ReactNode; readonly at: string }

export class Crash extends Component<Props, { readonly error: Error | null; readonly at: string }> {
  override state: { readonly error: Error | null; readonly at: string } = { error: null, at: this.props.at }

  static getDerivedStateFromError(thrown: unknown): { error: Error } {
    return { error: thrown instanceof Error ? thrown : new Error(String(thrown)) }
  }

  /** Another address is another chance. */
  static getDerivedStateFromProps({ at }: Props, state: { error: Error | null; at: string }): { error: null; at: string } | null {
    return at === state.at ? null : { error: null, at }
  }

  override componentDidCatch(error: Error, info: ErrorInfo): void {
    reportError(new Error(`page crashed: ${error.message}${info.componentStack ?? ''}`, { cause: error }))
  }

  override render(): ReactNode {
    return this.state.error === null ? this.props.children : <CrashPage error={this.state.error} />
  }
}
