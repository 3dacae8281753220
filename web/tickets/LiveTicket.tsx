// What the watch page shows of a paid show, over its picture or in its place.
import type { LiveSnapshot } from '../playback/LiveSnapshot.ts'
import { TicketChip } from './TicketChip.tsx'
import { TicketStage } from './TicketStage.tsx'

type Props = { readonly channel: string; readonly live: LiveSnapshot; readonly cover: string | null; readonly onChanged: () => void }

export function LiveTicket({ channel, live: { access, state }, cover, onChanged }: Props) {
  const path = `/c/${channel}`
  if (access === null || state === 'ended' || state === 'offline' || state === 'banned') return null
  if (state === 'ticket') return <TicketStage channel={channel} access={access} cover={cover} path={path} onPaid={onChanged} />
  return <TicketChip key={`${access.broadcastId} ${access.access}`} channel={channel} access={access} path={path} onChanged={onChanged} />
}
