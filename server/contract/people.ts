// People as others see them, and what pages ask about them.
import { z } from 'zod'
import type { UserId } from './ids.ts'

/** What someone is in a channel; `visitor`: not logged in. Operators and admins are so in every channel. */
export const channelRoles = ['visitor', 'viewer', 'moderator', 'host', 'operator', 'admin'] as const
export const channelRoleSchema = z.enum(channelRoles)
export type ChannelRole = z.infer<typeof channelRoleSchema>

/** A user as anyone may see one. */
export type PersonView = {
  readonly id: UserId
  /** The unique name, as in `/u/NAME`. */
  readonly name: string
  /** What is shown; the name where none was chosen. */
  readonly displayName: string
  /** Null: pages draw the first letter. */
  readonly avatarUrl: string | null
}
