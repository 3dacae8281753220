// By which ways each user wants to hear of which kind of thing.
import { chosenKinds, noticeWays } from '../contract/notify.ts'
import type { ChoicesView, Choice, ChosenKind, NoticeWay, NotificationKind } from '../contract/notify.ts'
import type { UserId } from '../contract/ids.ts'
import type { Database } from '../db/openDatabase.ts'

/** What is decided together: a change of a show concerns whoever set a reminder, as the reminder itself does. */
export function chosenKindOf(kind: NotificationKind): ChosenKind {
  if (kind === 'show-changed' || kind === 'show-cancelled') return 'reminder'
  if (kind === 'guard-last-day' || kind === 'guard-ended') return 'guard-ending'
  if (kind === 'withdrawal-approved' || kind === 'withdrawal-rejected') return 'withdrawal-paid'
  if (kind === 'ticket-refund' || kind === 'recharge-refunded' || kind === 'recharge-locked') return 'recharged'
  return kind === 'goods-refunded' ? 'goods-sent' : kind
}

/** What holds for those who never chose: e-mail only for what happens at a time one would miss. */
export const wantedByDefault = (kind: ChosenKind, way: NoticeWay): boolean => way !== 'email' || kind === 'live' || kind === 'reminder' || kind === 'guard-ending' || kind === 'withdrawal-paid'

export class Choices {
  readonly #database: Database

  constructor({ database }: { database: Database }) {
    this.#database = database
  }

  async of(userId: UserId): Promise<ChoicesView['choices']> {
    const rows = (await this.#database('notification_choices').where({ user_id: userId }).select('kind', 'way', 'wanted')) as Array<{ kind: string; way: string; wanted: number }>
    const chosen = new Map(rows.map(({ kind, way, wanted }) => [`${kind} ${way}`, Boolean(wanted)]))
    const ways = (kind: ChosenKind) => Object.fromEntries(noticeWays.map((way) => [way, chosen.get(`${kind} ${way}`) ?? wantedByDefault(kind, way)]))
    return Object.fromEntries(chosenKinds.map((kind) => [kind, ways(kind)])) as ChoicesView['choices']
  }

  async set(userId: UserId, { kind, way, wanted }: Choice): Promise<void> {
    await this.#database('notification_choices').insert({ user_id: userId, kind, way, wanted }).onConflict(['user_id', 'kind', 'way']).merge(['wanted'])
  }

  /** Those of the users who want to hear of the kind, by each way. */
  async sort(userIds: readonly UserId[], kind: NotificationKind): Promise<Readonly<Record<NoticeWay, UserId[]>>> {
    const about = chosenKindOf(kind)
    const rows = userIds.length === 0 ? [] : ((await this.#database('notification_choices').where({ kind: about }).whereIn('user_id', [...userIds]).select('user_id', 'way', 'wanted')) as Array<{ user_id: UserId; way: NoticeWay; wanted: number }>)
    const chosen = new Map(rows.map(({ user_id, way, wanted }) => [`${user_id} ${way}`, Boolean(wanted)]))
    const wanting = (way: NoticeWay) => userIds.filter((userId) => chosen.get(`${userId} ${way}`) ?? wantedByDefault(about, way))
    return { bell: wanting('bell'), push: wanting('push'), email: wanting('email') }
  }

  async erase(userId: UserId): Promise<void> {
    await this.#database('notification_choices').where({ user_id: userId }).delete()
  }
}
