// Whether a replay is open to this viewer; of a paid show that takes a ticket.
import type { ReplayView } from '../../server/contract/http.ts'
import type { AccessView } from '../../server/contract/tickets.ts'
import { useResource } from '../client/useResource.ts'
import type { Resource } from '../client/useResource.ts'
import { ticketsApi } from './ticketsApi.ts'

/** `locked` until it is known to be open: nothing is asked for that would be refused. */
export type ReplayTicket = { readonly access: AccessView | null; readonly locked: boolean; readonly onPaid: () => void }

/** @param userId who looks: another one holds other tickets */
export function useReplayTicket(replay: ReplayView | null, userId: string | null): ReplayTicket {
  const paid = replay !== null && replay.ticket !== null ? replay.broadcastId : null
  const { data, reload }: Resource<AccessView | null> = useResource(`replay-ticket:${paid ?? ''}:${userId ?? ''}`, (signal) => (paid === null ? Promise.resolve(null) : ticketsApi.access(paid, signal)))
  return { access: data, locked: paid !== null && data?.access !== 'held' && data?.access !== 'exempt', onPaid: reload }
}
