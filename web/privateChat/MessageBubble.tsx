// One message: words, picture, when, and for one's own whether it was read.
import { memo, useState } from 'react'
import { Check, CheckCheck, Undo2 } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { PRIVATE_RECALL_MS } from '../../server/contract/privateChat.ts'
import { ChatText } from '../chat/ChatText.tsx'
import { useSockets } from '../client/SocketProvider.tsx'
import { useFailureText } from '../i18n/useFailureText.ts'
import { useNow } from '../i18n/useNow.ts'
import { daysAgo, formatDay, formatHour } from './formatMoment.ts'
import styles from './MessageList.module.css'
import type { MessageRow } from './messageRows.ts'

type Props = {
  readonly row: MessageRow
  /** The other has read it. */
  readonly seen: boolean
  /** This is the one that a search led to. */
  readonly sought: boolean
  readonly onEnlarge: (url: string) => void
}

const nobody: readonly string[] = []

export const MessageBubble = memo(function MessageBubble({ row: { message, opensDay, opens, closes }, seen, sought, onEnlarge }: Props) {
  const { t, i18n } = useTranslation()
  const { mine, text, image, state, at } = message
  const classes = [styles.bubble, mine ? styles.mine : styles.theirs, opens ? styles.opens : '', closes ? styles.closes : '', sought ? styles.sought : '', state === 'said' ? '' : styles.empty]
  return (
    <div className={styles.row} data-testid="message" data-seq={message.seq} data-mine={mine} data-state={state} data-seen={mine ? seen : undefined}>
      {opensDay ? <Day at={at} /> : null}
      <div className={[styles.side, mine ? styles.right : '', opens ? styles.apart : ''].join(' ')}>
        {mine && state === 'said' ? <Recall id={message.id} at={at} /> : null}
        <div className={classes.join(' ')}>
          {state === 'said' ? (
            <>
              {image === null ? null : (
                <button type="button" className={styles.picture} onClick={() => onEnlarge(image.url)} aria-label={t('privateChat.openPicture')} style={{ aspectRatio: `${image.width} / ${image.height}`, width: Math.min(image.width, 320) }}>
                  <img src={image.url} alt={t('privateChat.picture')} width={image.width} height={image.height} loading="lazy" decoding="async" />
                </button>
              )}
              {text === '' ? null : (
                <p>
                  <ChatText text={text} mentions={nobody} ownName={null} />
                </p>
              )}
            </>
          ) : (
            <p>{t(state === 'erased' ? 'privateChat.erased' : mine ? 'privateChat.recalledMine' : 'privateChat.recalled')}</p>
          )}
          <span className={styles.foot}>
            <time dateTime={at}>{formatHour(at, i18n.language)}</time>
            {mine && state === 'said' ? (
              <span role="img" aria-label={t(seen ? 'privateChat.stateRead' : 'privateChat.stateSent')} title={t(seen ? 'privateChat.stateRead' : 'privateChat.stateSent')} className={seen ? styles.seen : ''}>
                {seen ? <CheckCheck size={14} aria-hidden="true" /> : <Check size={14} aria-hidden="true" />}
              </span>
            ) : null}
          </span>
        </div>
      </div>
    </div>
  )
})

function Day({ at }: { readonly at: string }) {
  const { t, i18n } = useTranslation()
  const ago = daysAgo(at)
  return <p className={styles.day}>{ago === 0 ? t('privateChat.today') : ago === 1 ? t('privateChat.yesterday') : formatDay(at, i18n.language)}</p>
}

/** Offered while it can still be done. */
function Recall({ id, at }: { readonly id: string; readonly at: string }) {
  const now = useNow(10_000)
  return now - Date.parse(at) < PRIVATE_RECALL_MS ? <RecallButton id={id} /> : null
}

function RecallButton({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const sockets = useSockets()
  const failureText = useFailureText()
  const [failure, setFailure] = useState<unknown>(null)
  const recall = async () => (await sockets.get()).request('private:recall', { id })
  return failure === null ? (
    <button type="button" className={styles.recall} title={t('privateChat.recall')} aria-label={t('privateChat.recall')} onClick={() => void recall().catch(setFailure)} data-testid="recall">
      <Undo2 size={15} aria-hidden="true" />
    </button>
  ) : (
    <span className={styles.failure} role="alert">
      {failureText(failure)}
    </span>
  )
}
