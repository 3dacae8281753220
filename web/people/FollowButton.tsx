// Follow or unfollow a person, and hear or not of their broadcasts; asks a visitor to log in.
import { useState } from 'react'
import { Bell, BellOff, Check, Plus, Users } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { useLocation } from 'react-router'
import type { RelationView } from '../../server/contract/social.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Button, ButtonLink } from '../ui/Button.tsx'
import styles from './FollowButton.module.css'
import { peopleApi } from './peopleApi.ts'

export type FollowButtonProps = {
  readonly name: string
  /** Without the bell and the smaller words. */
  readonly compact?: boolean
  /** How the two stand, where the page knows; asked for otherwise. */
  readonly relation?: RelationView
  readonly onChange?: (relation: RelationView) => void
}

export function FollowButton({ relation, ...props }: FollowButtonProps) {
  const { t } = useTranslation()
  const { pathname } = useLocation()
  const { me } = useSession()
  if (me === null || me.user?.name === props.name) return null
  if (me.user === null) {
    return (
      <ButtonLink kind="primary" to={`/login?next=${encodeURIComponent(pathname)}`} icon={<Plus aria-hidden="true" />} aria-label={t('people.followName', { name: props.name })} data-testid="follow">
        {t('people.follow')}
      </ButtonLink>
    )
  }
  return relation === undefined ? <AskingButton {...props} /> : <FollowToggle {...props} relation={relation} />
}

function AskingButton(props: FollowButtonProps) {
  const { data } = useResource(`person:${props.name}`, (signal) => peopleApi.profile(props.name, signal))
  return data === null ? <span className={`skeleton ${styles.wait}`} /> : <FollowToggle {...props} relation={data} />
}

function FollowToggle({ name, compact = false, relation, onChange }: FollowButtonProps & { readonly relation: RelationView }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const [own, setOwn] = useState<RelationView | null>(null)
  const [busy, setBusy] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const now = own ?? relation
  if (now.blockedByMe) return null

  // Shown at once, and taken back if the server says no.
  const change = async (hoped: RelationView, ask: () => Promise<RelationView>) => {
    if (busy) return
    setBusy(true)
    setProblem(null)
    setOwn(hoped)
    try {
      const told = await ask()
      setOwn(told)
      onChange?.(told)
    } catch (thrown) {
      setOwn(now)
      setProblem(failureText(thrown))
    }
    setBusy(false)
  }
  const toggle = () => {
    const followedByMe = !now.followedByMe
    void change({ ...now, followedByMe, friend: followedByMe && now.followsMe, liveNotices: followedByMe }, () => peopleApi.follow(name, followedByMe))
  }
  const label = now.friend ? t('people.friends') : now.followedByMe ? t('people.following') : now.followsMe ? t('people.followBack') : t('people.follow')
  const Icon = now.friend ? Users : now.followedByMe ? Check : Plus
  const bellText = t(now.liveNotices ? 'people.noticesOn' : 'people.noticesOff', { name })

  return (
    <span className={styles.group}>
      <Button
        kind={now.followedByMe ? 'plain' : 'primary'}
        icon={<Icon aria-hidden="true" />}
        aria-pressed={now.followedByMe}
        aria-label={`${label}: ${t(now.followedByMe ? 'people.unfollowName' : 'people.followName', { name })}`}
        title={now.followedByMe ? t('people.unfollowHint') : undefined}
        onClick={toggle}
        data-testid="follow"
        data-following={now.followedByMe}
      >
        {label}
      </Button>
      {now.followedByMe && !compact ? (
        <button
          type="button"
          className={styles.bell}
          aria-pressed={now.liveNotices}
          aria-label={bellText}
          title={bellText}
          onClick={() => void change({ ...now, liveNotices: !now.liveNotices }, () => peopleApi.setLiveNotices(name, !now.liveNotices))}
          data-testid="live-notices"
        >
          {now.liveNotices ? <Bell size={18} aria-hidden="true" /> : <BellOff size={18} aria-hidden="true" />}
        </button>
      ) : null}
      {problem === null ? null : (
        <span role="alert" className={styles.problem}>
          {problem}
        </span>
      )}
    </span>
  )
}
