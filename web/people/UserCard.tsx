// The card that opens on a person: follow, private chat, mention, and for moderators the tools in place.
import { AtSign, MessageCircle, UserRound } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { may } from '../../server/contract/permissions.ts'
import { useSession } from '../accounts/SessionProvider.tsx'
import { useResource } from '../client/useResource.ts'
import { useFailureText } from '../i18n/useFailureText.ts'
import { moderationApi } from '../moderation/moderationApi.ts'
import { ReportButton } from '../moderation/ReportButton.tsx'
import { Sheet } from '../moderation/Sheet.tsx'
import { Button, ButtonLink } from '../ui/Button.tsx'
import { CardHead } from './card/CardHead.tsx'
import { CardSanctions } from './card/CardSanctions.tsx'
import { KeepOrder } from './card/KeepOrder.tsx'
import { FollowButton } from './FollowButton.tsx'
import styles from './UserCard.module.css'

export type UserCardProps = { readonly name: string; readonly channel: string; readonly onClose: () => void; readonly onMention?: (name: string) => void; readonly message?: { readonly id: string; readonly text: string } }

export function UserCard({ name, channel, onClose, onMention, message }: UserCardProps) {
  const { t } = useTranslation()
  const failureText = useFailureText()
  const { me } = useSession()
  const here = useResource(`${channel}/${name}`, (signal) => moderationApi.person(channel, name, signal))
  const profile = useResource(name, (signal) => moderationApi.profile(name, signal))
  const isMe = me?.user?.name === name
  const person = here.data
  const tools = person !== null && !isMe && may(person.self.role, 'mute') && person.self.outranks

  return (
    <Sheet label={t('moderation.card', { name: person?.person.displayName ?? name })} onClose={onClose} testId="user-card">
      <CardHead name={name} here={person} profile={profile.data} />
      {here.error === null ? null : (
        <p role="alert" className={styles.failure}>
          {failureText(here.error)}
        </p>
      )}
      {message === undefined || message.text === '' ? null : <blockquote className={styles.message}>{message.text}</blockquote>}
      <div className={styles.actions}>
        {isMe ? null : <FollowButton name={name} />}
        {isMe ? null : (
          <ButtonLink to={`/messages/${name}`} icon={<MessageCircle aria-hidden="true" />} data-testid="card-private-chat">
            {t('moderation.privateChat')}
          </ButtonLink>
        )}
        {onMention === undefined || isMe ? null : (
          <Button icon={<AtSign aria-hidden="true" />} onClick={() => onMention(name)} data-testid="card-mention">
            {t('moderation.mention')}
          </Button>
        )}
        <ButtonLink kind={isMe ? 'plain' : 'quiet'} to={`/u/${name}`} icon={<UserRound aria-hidden="true" />}>
          {t('moderation.profile')}
        </ButtonLink>
        {isMe ? null : <ReportButton about={message === undefined ? { type: 'user', id: name, channel } : { type: 'message', id: message.id, channel }} />}
      </div>
      {person === null || person.sanctions.length === 0 ? null : <CardSanctions channel={channel} name={name} sanctions={person.sanctions} mayLift={tools} onChanged={here.reload} />}
      {tools ? <KeepOrder channel={channel} here={person} message={message} onDone={here.reload} /> : null}
    </Sheet>
  )
}
