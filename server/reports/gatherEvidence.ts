// Copies what a report is about, as it is right now: the text, the profile, the broadcast, and the picture on air.
import { constants } from 'node:fs'
import { copyFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { findProfile } from '../accounts/profileStore.ts'
import { findUser, viewPerson } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import type { Channels } from '../channels/Channels.ts'
import type { Channel } from '../channels/channelStore.ts'
import { findMessage } from '../chat/chatStore.ts'
import type { BroadcastId, UserId } from '../contract/ids.ts'
import type { Evidence, ReportRequest } from '../contract/reports.ts'
import { AppError } from '../core/AppError.ts'
import type { Database } from '../db/openDatabase.ts'
import type { LiveDirectory } from '../live/LiveDirectory.ts'

export type EvidenceDeps = { readonly database: Database; readonly channels: Channels; readonly directory: LiveDirectory; readonly mediaDir: string }
export type Gathered = { readonly targetId: string; readonly accusedId: UserId | null; readonly channel: Channel | null; readonly broadcastId: BroadcastId | null; readonly evidence: Evidence }

/** @throws AppError bad-request, channel-not-found, message-not-found, user-not-found, broadcast-not-found */
export async function gatherEvidence(deps: EvidenceDeps, { type, id, channel: name }: ReportRequest): Promise<Gathered> {
  const channel = name === null ? null : await deps.channels.byName(name)
  const onAir = channel ? await deps.directory.of(channel.id) : undefined
  if (type === 'user') {
    const user = await findUser(deps.database, { name: id })
    if (!user) throw new AppError('user-not-found')
    const profile = await findProfile(deps.database, user.id)
    const evidence = { type, person: viewPerson(user), bio: profile?.bio ?? '', links: profile?.links ?? [] }
    return { targetId: user.id, accusedId: user.id, channel, broadcastId: onAir?.id ?? null, evidence }
  }
  if (!channel) throw new AppError('bad-request', { message: 'A report of a message or broadcast names its channel', fields: { channel: 'must be given' } })
  if (type === 'broadcast') {
    if (!onAir || onAir.id !== id) throw new AppError('broadcast-not-found', { message: 'This broadcast is not running' })
    const evidence = { type, title: onAir.title, startedAt: onAir.startedAt, viewers: onAir.viewers }
    return { targetId: onAir.id, accusedId: channel.ownerId, channel, broadcastId: onAir.id, evidence }
  }
  const found = await findMessage(deps.database, channel.id, id)
  if (!found?.authorId || !['said', 'recalled', 'deleted'].includes(found.state)) throw new AppError('message-not-found')
  const author: User | undefined = await findUser(deps.database, { id: found.authorId })
  const evidence = { type, text: found.message.text, author: author ? viewPerson(author) : null, at: found.message.at }
  return { targetId: found.message.id, accusedId: author?.id ?? null, channel, broadcastId: onAir?.id ?? null, evidence }
}

export const evidenceFolder = (mediaDir: string): string => join(mediaDir, 'evidence')

/** Keeps the picture that is on air under the report's id. @returns false when there is none */
export async function keepSnapshot(mediaDir: string, broadcastId: BroadcastId, reportId: string): Promise<boolean> {
  const folder = evidenceFolder(mediaDir)
  try {
    await mkdir(folder, { recursive: true })
    await copyFile(join(mediaDir, 'live', broadcastId, 'snapshot.jpg'), join(folder, `${reportId}.jpg`), constants.COPYFILE_FICLONE)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false
    throw error
  }
}
