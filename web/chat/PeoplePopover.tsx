// Who is here, behind the viewer count.
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ReplyData } from '../../server/contract/sockets.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import type { ChatFeed } from './ChatFeed.ts'
import { Popover } from './Popover.tsx'
import styles from './PeoplePopover.module.css'
import { RoleBadge } from './RoleBadge.tsx'

type Props = { readonly feed: ChatFeed; readonly onPerson: (name: string) => void; readonly onClose: () => void }

export function PeoplePopover({ feed, onPerson, onClose }: Props) {
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [answer, setAnswer] = useState<ReplyData['people:list'] | null>(null)
  const [failure, setFailure] = useState<unknown>(null)
  useEffect(() => {
    let left = false
    feed.people().then(
      (people) => !left && setAnswer(people),
      (thrown: unknown) => !left && setFailure(thrown),
    )
    return () => {
      left = true
    }
  }, [feed])
  return (
    <Popover label={t('chat.people')} onClose={onClose} beside testId="people">
      {answer === null ? failure === null ? <Spinner /> : <p className={styles.note}>{failureText(failure)}</p> : answer.people.length === 0 ? <p className={styles.note}>{t('chat.peopleNone')}</p> : null}
      {answer === null || answer.people.length === 0 ? null : (
        <>
          <p className={styles.note}>{t('chat.peopleTotal', { count: answer.total, shown: formatCount(answer.total, i18n.language) })}</p>
          <ul className={styles.list}>
            {answer.people.map(({ id, name, displayName, avatarUrl, role }) => (
              <li key={id}>
                <button type="button" onClick={() => onPerson(name)} data-testid="person">
                  <Avatar name={displayName} url={avatarUrl} size={28} />
                  <span>{displayName}</span>
                  <RoleBadge role={role} guard={null} />
                </button>
              </li>
            ))}
          </ul>
        </>
      )}
    </Popover>
  )
}
