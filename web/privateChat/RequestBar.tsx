// A stranger's request: accept it, or decline it and perhaps block the sender.
import { useEffect, useId, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useNavigate } from 'react-router'
import type { PersonView } from '../../server/contract/people.ts'
import { useSockets } from '../client/SocketProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button } from '../ui/Button.tsx'
import { privateChatApi } from './privateChatApi.ts'
import styles from './ThreadPane.module.css'

type Props = { readonly threadKey: string; readonly person: PersonView | null; readonly name: string }

export function RequestBar({ threadKey, person, name }: Props) {
  const { t } = useTranslation()
  const sockets = useSockets()
  const navigate = useNavigate()
  const failureText = useFailureText()
  const [busy, setBusy] = useState(false)
  const [asking, setAsking] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)

  const act = async (work: () => Promise<unknown>) => {
    setBusy(true)
    setFailure(null)
    try {
      await work()
    } catch (thrown) {
      setFailure(thrown)
    }
    setBusy(false)
  }
  const accept = () => act(async () => (await sockets.get()).request('private:accept', { key: threadKey }))
  const decline = (andBlock: boolean) =>
    act(async () => {
      if (andBlock && person !== null) await privateChatApi.block(person.name)
      await (await sockets.get()).request('private:decline', { key: threadKey })
      await navigate('/messages')
    })

  return (
    <div className={styles.request} data-testid="request-bar">
      <div>
        <h2>{t('privateChat.requestTitle', { name })}</h2>
        <p>{t('privateChat.requestBody')}</p>
      </div>
      <div className={styles.answers}>
        <Button onClick={() => setAsking(true)} disabled={busy} data-testid="decline">
          {t('privateChat.decline')}
        </Button>
        <Button kind="primary" busy={busy} onClick={() => void accept()} data-testid="accept">
          {t('privateChat.accept')}
        </Button>
      </div>
      {failure === null ? null : (
        <p className={styles.problem} role="alert">
          {failureText(failure)}
        </p>
      )}
      {asking ? (
        <DeclineDialog
          name={name}
          mayBlock={person !== null}
          onCancel={() => setAsking(false)}
          onDecline={(andBlock) => {
            setAsking(false)
            void decline(andBlock)
          }}
        />
      ) : null}
    </div>
  )
}

function DeclineDialog({ name, mayBlock, onCancel, onDecline }: { readonly name: string; readonly mayBlock: boolean; readonly onCancel: () => void; readonly onDecline: (andBlock: boolean) => void }) {
  const { t } = useTranslation()
  const dialog = useRef<HTMLDialogElement>(null)
  const id = useId()
  const [block, setBlock] = useState(false)
  useEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  return (
    <dialog ref={dialog} className={styles.ask} aria-labelledby={id} onCancel={onCancel}>
      <h2 id={id}>{t('privateChat.declineTitle')}</h2>
      <p>{t('privateChat.declineBody', { name })}</p>
      {mayBlock ? (
        <label>
          <input type="checkbox" checked={block} onChange={(event) => setBlock(event.target.checked)} data-testid="decline-block" />
          {t('privateChat.declineAndBlock', { name })}
        </label>
      ) : null}
      <div className={styles.askActions}>
        <Button kind="quiet" onClick={onCancel}>
          {t('app.cancel')}
        </Button>
        <Button kind="danger" onClick={() => onDecline(block)} data-testid="confirm-decline">
          {t('privateChat.decline')}
        </Button>
      </div>
    </dialog>
  )
}
