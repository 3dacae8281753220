// The tools of a card: which of them someone has on that person, and what each asks the server.
import type { ChannelPersonView } from '../../../server/contract/moderation.ts'
import { may } from '../../../server/contract/permissions.ts'
import type { LiveSocket } from '../../client/LiveSocket.ts'
import { moderationApi } from '../../moderation/moderationApi.ts'

export const keepingTools = ['mute', 'kick', 'ban', 'deleteMessage', 'deleteAll', 'makeModerator', 'removeModerator'] as const
export type KeepingTool = (typeof keepingTools)[number]
export type Length = number | 'show' | 'ever'

const MINUTE = 60
const HOUR = 3600
const DAY = 86_400
/** Choices of length, the usual one first. */
export const lengthsOf: Partial<Record<KeepingTool, readonly Length[]>> = {
  mute: [10 * MINUTE, 'show', HOUR, DAY, 'ever'],
  kick: [10 * MINUTE, HOUR, DAY],
}

export function toolsFor({ role, self }: ChannelPersonView, hasMessage: boolean): KeepingTool[] {
  const offered: Record<KeepingTool, boolean> = {
    mute: may(self.role, 'mute'),
    kick: may(self.role, 'kick') && role === 'viewer',
    ban: may(self.role, 'ban') && role === 'viewer',
    deleteMessage: hasMessage && may(self.role, 'chat:delete'),
    deleteAll: may(self.role, 'chat:delete'),
    makeModerator: may(self.role, 'moderators:set') && role === 'viewer',
    removeModerator: may(self.role, 'moderators:set') && role === 'moderator',
  }
  return keepingTools.filter((tool) => offered[tool])
}

export type KeepingRequest = { readonly channel: string; readonly user: string; readonly reason: string; readonly length: Length; readonly messageId: string | null; readonly socket: () => Promise<LiveSocket> }

/** @throws RequestFailed */
export async function keep(tool: KeepingTool, { channel, user, reason, length, messageId, socket }: KeepingRequest): Promise<void> {
  const target = { user, reason }
  if (tool === 'mute') await moderationApi.mute(channel, { ...target, for: length })
  else if (tool === 'kick') await moderationApi.kick(channel, { ...target, seconds: typeof length === 'number' ? length : 10 * MINUTE })
  else if (tool === 'ban') await moderationApi.ban(channel, target)
  else if (tool === 'makeModerator') await moderationApi.addModerator(channel, target)
  else if (tool === 'removeModerator') await moderationApi.removeModerator(channel, target)
  else if (tool === 'deleteAll') await (await socket()).request('chat:delete', { channel, user, reason })
  else if (messageId !== null) await (await socket()).request('chat:delete', { channel, id: messageId, reason })
}
