// Which channel or replay an address of this platform is about.
import { broadcastIdSchema, nameSchema } from '../../contract/ids.ts'
import type { BroadcastId } from '../../contract/ids.ts'

export type SharedAddress = { readonly channel: string } | { readonly broadcastId: BroadcastId }

/** @param base the origin it must have. @returns undefined for foreign addresses and other pages */
export function sharedAddress(url: string, base: string): SharedAddress | undefined {
  if (!URL.canParse(url)) return undefined
  const { origin, pathname } = new URL(url)
  return origin === base ? sharedPath(pathname) : undefined
}

export function sharedPath(path: string): SharedAddress | undefined {
  const [, room, name, ...more] = path.replace(/\/$/, '').split('/')
  if (more.length > 0) return undefined
  if (room === 'c' || room === 'embed') {
    const channel = nameSchema.safeParse(name)
    return channel.success ? { channel: channel.data } : undefined
  }
  const broadcastId = room === 'r' ? broadcastIdSchema.safeParse(name) : undefined
  return broadcastId?.success ? { broadcastId: broadcastId.data } : undefined
}
