// Names what a viewer is to be told, out of everything the page knows.
import type { BroadcastState } from '../../server/contract/broadcast.ts'

export type PlayerState = 'offline' | 'starting' | 'connecting' | 'live' | 'reconnecting' | 'interrupted' | 'ended' | 'banned' | 'ticket'

export type Known = {
  /** The server refuses this viewer. */
  readonly banned: boolean
  /** A paid show, and nothing of it is paid. */
  readonly ticketNeeded: boolean
  /** The server has answered once. */
  readonly answered: boolean
  readonly broadcast: BroadcastState | null
  /** A picture or sound was there before. */
  readonly hadMedia: boolean
  /** The way of the media is open. */
  readonly mediaUp: boolean
}

export function playerState({ banned, ticketNeeded, answered, broadcast, hadMedia, mediaUp }: Known): PlayerState {
  if (banned) return 'banned'
  if (!answered) return 'connecting'
  if (broadcast === null) return 'offline'
  if (ticketNeeded && broadcast !== 'ended') return 'ticket'
  if (broadcast !== 'live') return broadcast
  if (hadMedia) return mediaUp ? 'live' : 'reconnecting'
  return 'connecting'
}
