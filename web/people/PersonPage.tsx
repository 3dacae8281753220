// `/u/:name`: a person's profile, followers and follows.
import { useState } from 'react'
import { Ban, Link2, MessageCircle, Radio, UserX } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link, useParams, useSearchParams } from 'react-router'
import { peopleLists } from '../../server/contract/social.ts'
import type { ProfileView } from '../../server/contract/social.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { formatCount } from '../i18n/formatCount.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { Avatar } from '../ui/Avatar.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { ConfirmDialog } from '../ui/ConfirmDialog.tsx'
import { LiveBadge } from '../ui/LiveBadge.tsx'
import { MessageBox } from '../ui/MessageBox.tsx'
import { Spinner } from '../ui/Spinner.tsx'
import { FollowButton } from './FollowButton.tsx'
import styles from './People.module.css'
import { PeopleListView } from './PeopleListView.tsx'
import { peopleApi } from './peopleApi.ts'

/** Only addresses that a browser opens as pages become links. */
const isWeb = (url: string) => /^https?:\/\//i.test(url)

function ProfileCard({ profile, onChanged }: { readonly profile: ProfileView; readonly onChanged: () => void }) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me } = useSession()
  const [asking, setAsking] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const { person, bio, links, channel, live, isMe, friend, followsMe, blockedByMe } = profile
  const block = async (wanted: boolean) => {
    setAsking(false)
    setProblem(null)
    try {
      await peopleApi.block(person.name, wanted)
      onChanged()
    } catch (thrown) {
      setProblem(failureText(thrown))
    }
  }
  return (
    <section className={styles.card} data-testid="profile">
      <Avatar name={person.displayName} url={person.avatarUrl} size={88} />
      <div className={styles.about}>
        <h1>{person.displayName}</h1>
        <p className={styles.handle}>
          @{person.name}
          {isMe ? <span className={styles.tag}>{t('people.you')}</span> : friend || followsMe ? <span className={styles.tag}>{t(friend ? 'people.friend' : 'people.followsYou')}</span> : null}
        </p>
        {bio === '' ? null : <p className={styles.bio}>{bio}</p>}
        {links.length === 0 ? null : (
          <ul className={styles.links} aria-label={t('people.links')}>
            {links.filter(({ url }) => isWeb(url)).map(({ label, url }) => (
              <li key={url}>
                <a href={url} target="_blank" rel="noopener noreferrer nofollow ugc">
                  <Link2 size={16} aria-hidden="true" />
                  {label || new URL(url).host}
                </a>
              </li>
            ))}
          </ul>
        )}
        {channel === null ? null : (
          <Link to={`/c/${channel.name}`} className={styles.channel} data-testid="person-channel">
            {live === null ? <Radio size={18} aria-hidden="true" /> : <LiveBadge state={live.state === 'interrupted' ? 'interrupted' : 'live'} />}
            <span>{live?.title ?? channel.title}</span>
          </Link>
        )}
        {blockedByMe ? <p className={styles.none}>{t('people.blocked')}</p> : null}
        {problem === null ? null : <p role="alert" className={styles.problem}>{problem}</p>}
      </div>
      {isMe ? null : (
        <div className={styles.actions}>
          <FollowButton key={String(blockedByMe)} name={person.name} relation={profile} onChange={onChanged} />
          {me?.user == null ? null : (
            <>
              <ButtonLink to={`/messages/${person.name}`} icon={<MessageCircle aria-hidden="true" />}>
                {t('people.message')}
              </ButtonLink>
              <Button kind="quiet" icon={<Ban aria-hidden="true" />} onClick={() => (blockedByMe ? void block(false) : setAsking(true))} data-testid="block">
                {t(blockedByMe ? 'people.unblock' : 'people.block')}
              </Button>
            </>
          )}
        </div>
      )}
      <ConfirmDialog open={asking} title={t('people.blockTitle', { name: person.displayName })} body={t('people.blockBody', { name: person.displayName })} confirm={t('people.block')} onConfirm={() => void block(true)} onCancel={() => setAsking(false)} />
    </section>
  )
}

export function PersonPage() {
  const { name = '' } = useParams()
  const { t, i18n } = useTranslation()
  const failureText = useFailureText()
  const [params, setParams] = useSearchParams()
  const { data: profile, error, reload } = useResource(`profile:${name}`, (signal) => peopleApi.profile(name, signal))
  const tab = peopleLists.find((list) => list === params.get('tab')) ?? 'followers'

  if (profile === null) {
    return (
      <div className={styles.page}>
        <title>{`${t('people.title')} · Footlight`}</title>
        {error === null ? (
          <Spinner large />
        ) : error.code === 'user-not-found' ? (
          <MessageBox title={t('people.notFoundTitle')} icon={<UserX size={28} aria-hidden="true" />} actions={<ButtonLink to="/">{t('notFound.home')}</ButtonLink>}>
            {t('people.notFoundBody')}
          </MessageBox>
        ) : (
          <MessageBox tone="bad" title={failureText(error)} actions={<Button onClick={reload}>{t('app.retry')}</Button>} />
        )}
      </div>
    )
  }
  const counts = { followers: profile.followers, following: profile.following, friends: null }
  return (
    <div className={styles.page}>
      <title>{`${profile.person.displayName} · Footlight`}</title>
      <ProfileCard profile={profile} onChanged={reload} />
      <div className={styles.tabs} role="tablist" aria-label={t('people.tabs', { name: profile.person.displayName })}>
        {peopleLists.map((list) => (
          <button key={list} type="button" role="tab" id={`people-${list}`} aria-selected={list === tab} aria-controls="people-list" onClick={() => setParams({ tab: list }, { replace: true })} data-testid={`people-${list}`}>
            {t(list === 'following' ? 'people.followingTitle' : `people.${list}`)}
            {counts[list] === null ? null : <b data-testid={`count-${list}`} data-count={counts[list]}>{formatCount(counts[list], i18n.language)}</b>}
          </button>
        ))}
      </div>
      <div role="tabpanel" id="people-list" aria-labelledby={`people-${tab}`}>
        <PeopleListView key={tab} id={`${name}:${tab}`} load={(search, signal) => peopleApi.list(name, tab, search, signal)} none={t('people.none')} action={(row) => <FollowButton name={row.person.name} relation={row} compact />} />
      </div>
    </div>
  )
}
