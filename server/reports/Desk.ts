// The operators' desk: takes reports with their evidence, and does what an operator decides about them.
import type { Accounts } from '../accounts/Accounts.ts'
import { findUser } from '../accounts/userStore.ts'
import type { User } from '../accounts/userStore.ts'
import { findChannel } from '../channels/channelStore.ts'
import type { Channel } from '../channels/channelStore.ts'
import type { Chat } from '../chat/createChat.ts'
import type { BroadcastId } from '../contract/ids.ts'
import { may, outranks } from '../contract/permissions.ts'
import type { ReportAction, ReportRequest } from '../contract/reports.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'
import { transact } from '../db/transact.ts'
import { findBroadcast } from '../live/broadcastStore.ts'
import { endReasons } from '../live/endReasons.ts'
import type { Live } from '../live/Live.ts'
import type { Audit } from '../moderation/Audit.ts'
import type { Standings } from '../moderation/Standings.ts'
import type { Notifications } from '../notify/Notifications.ts'
import { gatherEvidence, keepSnapshot } from './gatherEvidence.ts'
import type { EvidenceDeps } from './gatherEvidence.ts'
import { closeReports, fileReport, findOpenReport, markSnapshot } from './reportStore.ts'
import type { Report } from './reportStore.ts'

export type DeskOptions = EvidenceDeps & {
  readonly accounts: Accounts
  readonly live: Live
  readonly standings: Standings
  readonly audit: Audit
  readonly notifications: Notifications
  readonly deleteMessage: Chat['deleteMessage']
  readonly log: Logger
}

export class Desk {
  readonly #options: DeskOptions

  constructor(options: DeskOptions) {
    this.#options = options
  }

  /** @throws AppError bad-request (oneself), and as gatherEvidence does */
  async take(reporter: User, request: ReportRequest): Promise<void> {
    const { database, mediaDir, log } = this.#options
    const { channel, ...gathered } = await gatherEvidence(this.#options, request)
    if (gathered.accusedId === reporter.id) throw new AppError('bad-request', { message: 'You cannot report yourself' })
    const { type, reason, text } = request
    const id = await fileReport(database, { ...gathered, channelId: channel?.id ?? null, type, reason, text, reporterId: reporter.id })
    if (id === null || !gathered.broadcastId) return
    try {
      if (await keepSnapshot(mediaDir, gathered.broadcastId, id)) await markSnapshot(database, id)
    } catch (error) {
      log.error({ err: error, reportId: id }, 'the picture of a report could not be kept')
    }
  }

  /** Does what was decided, then closes all open reports of the target and tells who reported. @throws AppError report-not-found, forbidden, bad-request */
  async close(actor: User, id: string, { actions, note }: { actions: readonly ReportAction[]; note: string }): Promise<void> {
    const { database, audit, notifications, log } = this.#options
    const report = await findOpenReport(database, id)
    if (!report) throw new AppError('report-not-found', { message: 'There is no such report, or somebody has handled it' })
    for (const action of actions) await this.#do(action, report, actor, note)
    const closed = await transact(database, async (within) => {
      const reports = await closeReports(within, { targetId: report.targetId, byId: actor.id, outcome: actions, note })
      if (reports.length === 0) throw new AppError('report-not-found', { message: 'Somebody has handled this report meanwhile' })
      await audit.record({ actorId: actor.id, channelId: report.channelId, action: 'report:close', targetId: report.accusedId, reason: note, detail: { reports: reports.map((one) => one.id), type: report.type, actions } }, within)
      return reports
    })
    const accused = report.accusedId ? await findUser(database, { id: report.accusedId }) : undefined
    const userIds = closed.flatMap(({ reporterId }) => (reporterId ? [reporterId] : []))
    await notifications
      .add({ kind: 'report-closed', userIds, actorId: null, channelId: report.channelId, text: accused ? `@${accused.name}` : '', link: '/notifications', key: `report:${id}` })
      .catch((error: unknown) => log.warn({ err: error, reportId: id }, 'reporters were not told that their report is closed'))
  }

  /** Locks an account out of the platform and its channel off the air, or lets it in again. @throws AppError user-not-found, forbidden */
  async setDisabled(actor: User, target: User, { disabled, reason }: { disabled: boolean; reason: string }): Promise<void> {
    const { accounts, audit, database } = this.#options
    const [actorRole, targetRole] = [actor.role, target.role].map((role) => (role === 'user' ? 'viewer' : role)) as ['viewer' | 'operator' | 'admin', 'viewer' | 'operator' | 'admin']
    if (!may(actorRole, 'user:disable') || !outranks(actorRole, targetRole)) throw new AppError('forbidden', { message: 'You may not do this to that account' })
    const channel = disabled ? await findChannel(database, { owner_id: target.id }) : undefined
    // Looked up first: the lock itself takes it off the air.
    const running = channel && (await findBroadcast(database, { running_channel_id: channel.id }))
    await accounts.setDisabled(target.id, disabled)
    await audit.record({ actorId: actor.id, channelId: null, action: disabled ? 'user:disable' : 'user:enable', targetId: target.id, reason, detail: {} })
    if (channel && running) await this.#stop(channel, running, actor, reason)
  }

  async #do(action: ReportAction, report: Report, actor: User, note: string): Promise<void> {
    const { database, standings, deleteMessage } = this.#options
    const channel = report.channelId ? await findChannel(database, { id: report.channelId }) : undefined
    const target = report.accusedId ? await findUser(database, { id: report.accusedId }) : undefined
    if (action === 'disable-user' && target) return this.setDisabled(actor, target, { disabled: true, reason: note })
    if (action === 'stop-broadcast' && channel && report.broadcastId) {
      const running = await findBroadcast(database, { running_channel_id: channel.id })
      // The channel may have begun another one since.
      return running?.id === report.broadcastId ? this.#stop(channel, running, actor, note) : undefined
    }
    if (action === 'delete-message' && channel && report.type === 'message') {
      const standing = await standings.of(channel)
      await deleteMessage({ channel, user: actor, role: standing.roleOf(actor), standing }, { id: report.targetId, reason: note })
      return
    }
    throw new AppError('bad-request', { message: `${action} means nothing for this report` })
  }

  async #stop(channel: Channel, running: { readonly id: BroadcastId }, actor: User, reason: string): Promise<void> {
    const { live, audit } = this.#options
    await live.stop(channel, endReasons.report).catch((error: unknown) => {
      // It has ended meanwhile.
      if (!(error instanceof AppError && error.code === 'channel-offline')) throw error
    })
    await audit.record({ actorId: actor.id, channelId: channel.id, action: 'broadcast:stop', targetId: channel.ownerId, reason, detail: { broadcast: running.id } })
  }
}
