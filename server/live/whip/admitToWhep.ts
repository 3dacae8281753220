// Whether a WHEP player may watch, and what lets it go later: kept out, or its preview over.
import type { Request } from 'express'
import { AppError } from '../../core/AppError.ts'
import type { Audience } from '../Audience.ts'
import type { LiveDirectory } from '../LiveDirectory.ts'
import type { PaidShows } from '../PaidShows.ts'
import type { PlaybackGate } from '../PlaybackGate.ts'
import type { WhepAdmission } from './liveDoor.ts'

export type AdmitToWhepDeps = { readonly gate: PlaybackGate; readonly audience: Audience; readonly directory: LiveDirectory; readonly shows: PaidShows }

/** @throws AppError channel-not-found, playback-token-wrong, kept-out, ticket-needed */
export async function admitToWhep({ gate, audience, directory, shows }: AdmitToWhepDeps, request: Request, name: string): Promise<WhepAdmission> {
  const admitted = await gate.admit(request, name)
  const { channel, who } = admitted
  const show = await directory.of(channel.id)
  const access = show ? await shows.admit(admitted, show) : null
  return {
    who,
    enter: (cutOff) => {
      const leaveAudience = audience.enter({ channel, who, cutOff })
      const endWatch = show ? shows.watchOver({ channel, broadcastId: show.id, who, cutOff }, access) : () => undefined
      return () => {
        leaveAudience()
        endWatch()
      }
    },
    again: async (broadcastId) => {
      // What was asked for is what was let in to.
      if (show?.id !== broadcastId) throw new AppError('channel-offline')
      await audience.admit(channel, who)
    },
  }
}
