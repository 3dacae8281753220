// One notification: who, what, when, and the way there.
import { AtSign, BadgeCheck, Banknote, Bell, CalendarClock, CalendarX, Coins, Flag, Lock, PackageCheck, Radio, Shield, ShieldAlert, Undo2, UserPlus } from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { Link } from 'react-router'
import type { NotificationView } from '../../server/contract/notify.ts'
import { formatWhen } from '../i18n/formatWhen.ts'
import { Avatar } from '../ui/Avatar.tsx'
import styles from './Notifications.module.css'

const icons = {
  live: Radio,
  mentioned: AtSign,
  followed: UserPlus,
  reminder: Bell,
  'show-changed': CalendarClock,
  'show-cancelled': CalendarX,
  moderator: Shield,
  'report-closed': Flag,
  'guard-ending': ShieldAlert,
  'guard-last-day': ShieldAlert,
  'guard-ended': ShieldAlert,
  'goods-sent': PackageCheck,
  'goods-refunded': Undo2,
  'ticket-refund': Undo2,
  'withdrawal-approved': BadgeCheck,
  'withdrawal-rejected': Undo2,
  'withdrawal-paid': Banknote,
  recharged: Coins,
  'recharge-refunded': Undo2,
  'recharge-locked': Lock,
} as const

type Props = { readonly notification: NotificationView; readonly onOpen?: () => void }

export function NotificationItem({ notification, onOpen }: Props) {
  const { t, i18n } = useTranslation()
  const { kind, actor, channel, text, link, at, read } = notification
  const Icon = icons[kind]
  const where = channel?.title || channel?.name || ''
  const who = actor?.displayName ?? where
  const title = kind === 'mentioned' && where !== '' ? t('notify.kind.mentionedIn', { who, where }) : t(`notify.kind.${kind}`, { who, where: where || who })
  return (
    <li>
      {/* Links are paths of this platform; anything else is shown without a way. */}
      <Link to={/^\/(?!\/)/.test(link) ? link : '/notifications'} className={styles.item} onClick={onOpen} data-testid="notification" data-kind={kind} data-read={read}>
        <span className={styles.face}>
          {actor === null ? <span className={styles.plain} /> : <Avatar name={actor.displayName} url={actor.avatarUrl} size={40} />}
          <span className={styles.sign}>
            <Icon size={12} aria-hidden="true" />
          </span>
        </span>
        <span className={styles.words}>
          <span className={styles.what}>{title}</span>
          {text === '' ? null : <span className={styles.text}>{text}</span>}
          <time className={styles.when} dateTime={at}>
            {formatWhen(at, i18n.language)}
          </time>
        </span>
        {read ? null : (
          <span className={styles.dot}>
            <span className="visually-hidden">{t('notify.unread')}</span>
          </span>
        )}
      </Link>
    </li>
  )
}
