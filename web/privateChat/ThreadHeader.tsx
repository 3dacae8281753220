// Above a thread: whom one writes with, what they do just now, and what else can be done.
import { useEffect, useRef, useState } from 'react'
import { ArrowLeft, Ban, Ellipsis, Trash2, User } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useNavigate } from 'react-router'
import type { ThreadView } from '../../server/contract/privateChat.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { ReportButton } from '../moderation/ReportButton.tsx'
import { Avatar } from '../ui/Avatar.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { privateChatApi } from './privateChatApi.ts'
import styles from './ThreadHeader.module.css'

type Props = {
  readonly view: Pick<ThreadView, 'person' | 'blockedByMe'>
  readonly threadKey: string
  /** Whether anything was written yet. */
  readonly exists: boolean
  readonly typing: boolean
  readonly onChanged: () => void
}

export function ThreadHeader({ view: { person, blockedByMe }, threadKey, exists, typing, onChanged }: Props) {
  const { t } = useTranslation()
  const sockets = useSockets()
  const navigate = useNavigate()
  const failureText = useFailureText()
  const [open, setOpen] = useState(false)
  const [asking, setAsking] = useState<'block' | 'delete' | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  const menu = useRef<HTMLDivElement>(null)
  const name = person?.displayName ?? t('privateChat.deleted')

  useEffect(() => {
    if (!open) return
    const away = (event: Event) => {
      // The report's own dialog stands outside of the menu but belongs to it.
      if (event instanceof KeyboardEvent ? event.key === 'Escape' : event.target instanceof Element && !menu.current?.contains(event.target) && event.target.closest('dialog') === null) setOpen(false)
    }
    document.addEventListener('pointerdown', away)
    document.addEventListener('keydown', away)
    return () => {
      document.removeEventListener('pointerdown', away)
      document.removeEventListener('keydown', away)
    }
  }, [open])

  const act = async (work: () => Promise<unknown>) => {
    setOpen(false)
    setAsking(null)
    setFailure(null)
    await work().then(onChanged, setFailure)
  }
  const remove = () =>
    act(async () => {
      await (await sockets.get()).request('private:delete', { key: threadKey })
      await navigate('/messages')
    })

  return (
    <header className={styles.header}>
      <Link to="/messages" className={styles.back} aria-label={t('privateChat.back')} data-testid="back">
        <ArrowLeft size={20} aria-hidden="true" />
      </Link>
      <Avatar name={name} url={person?.avatarUrl ?? null} size={38} />
      <div className={styles.who}>
        <h2>{person === null ? name : <Link to={`/u/${person.name}`}>{name}</Link>}</h2>
        <p aria-live="polite">{typing ? <span data-testid="typing">{t('privateChat.typing')}</span> : person === null ? ' ' : `@${person.name}`}</p>
      </div>
      <div className={styles.more} ref={menu}>
        <button type="button" className={styles.button} aria-label={t('privateChat.menu')} aria-expanded={open} onClick={() => setOpen(!open)} data-testid="thread-menu">
          <Ellipsis size={20} aria-hidden="true" />
        </button>
        {open ? (
          <div className={styles.menu}>
            {person === null ? null : (
              <>
                <Link to={`/u/${person.name}`}>
                  <User size={16} aria-hidden="true" />
                  {t('privateChat.profile')}
                </Link>
                <button type="button" onClick={() => (blockedByMe ? void act(() => privateChatApi.unblock(person.name)) : setAsking('block'))} data-testid="block">
                  <Ban size={16} aria-hidden="true" />
                  {t(blockedByMe ? 'privateChat.unblock' : 'privateChat.block')}
                </button>
                <div className={styles.report}>
                  <ReportButton about={{ type: 'user', id: person.name, channel: null }} />
                </div>
              </>
            )}
            {exists ? (
              <button type="button" className={styles.danger} onClick={() => setAsking('delete')} data-testid="delete-conversation">
                <Trash2 size={16} aria-hidden="true" />
                {t('privateChat.delete')}
              </button>
            ) : null}
          </div>
        ) : null}
      </div>
      {failure === null ? null : (
        <p className={styles.problem} role="alert">
          {failureText(failure)}
        </p>
      )}
      <ConfirmDialog open={asking === 'delete'} title={t('privateChat.deleteTitle')} body={t('privateChat.deleteBody')} confirm={t('privateChat.delete')} onConfirm={() => void remove()} onCancel={() => setAsking(null)} />
      <ConfirmDialog
        open={asking === 'block'}
        title={t('privateChat.blockTitle', { name })}
        body={t('privateChat.blockBody')}
        confirm={t('privateChat.block')}
        onConfirm={() => void act(() => (person === null ? Promise.resolve() : privateChatApi.block(person.name)))}
        onCancel={() => setAsking(null)}
      />
    </header>
  )
}
