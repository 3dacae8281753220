// Carries notifications to browsers whose pages are closed, through the push services of their makers.
import webPush from 'web-push'
import type { UserId } from '../../contract/ids.ts'
import type { PushSubscriptionData } from '../../contract/notify.ts'
import { AppError } from '../../core/AppError.ts'
import type { Logger } from '../../core/logger.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { Dispatch } from '../Notifications.ts'
import { wordNotice } from '../wording.ts'
import { isPushEndpoint } from './publicAddress.ts'
import { postPush } from './postPush.ts'
import { deleteSubscription, eraseSubscriptions, saveSubscription, subscribersOf } from './subscriptionStore.ts'
import type { Subscriber } from './subscriptionStore.ts'
import { vapidKeys } from './vapidKeys.ts'
import type { VapidKeys } from './vapidKeys.ts'

const AT_ONCE = 25
/** What nobody fetched by then is no news any more: a push service forgets it. */
const TTL_SECONDS = 4 * 3600
/** A topic is at most 32 characters (RFC 8030, section 5.4). */
const MAX_TOPIC = 32
const GONE = new Set([404, 410])

export type WebPushOptions = {
  readonly database: Database
  readonly appSecret: string
  /** `https:` or `mailto:`: where a push service finds whom to ask about this platform. */
  readonly subject: string
  /** Also to http and to addresses inside this network: for tests. */
  readonly anywhere: boolean
  readonly log: Logger
}

export class WebPush {
  readonly #options: WebPushOptions
  #keys: Promise<VapidKeys> | undefined

  constructor(options: WebPushOptions) {
    this.#options = options
  }

  async publicKey(): Promise<string> {
    return (await this.#vapid()).publicKey
  }

  /** @throws AppError bad-request (not a public https address) */
  async subscribe(userId: UserId, subscription: PushSubscriptionData): Promise<void> {
    const { database, anywhere } = this.#options
    if (!isPushEndpoint(subscription.endpoint, { anywhere })) throw new AppError('bad-request', { message: 'That is not the address of a push service', fields: { endpoint: 'must be a public https address' } })
    await saveSubscription(database, userId, subscription)
  }

  async unsubscribe(userId: UserId, endpoint: string): Promise<void> {
    await deleteSubscription(this.#options.database, endpoint, userId)
  }

  /** Sends to every browser of the users; one that is gone is forgotten, and no failure stops the others. Sent twice, a message shows once: its topic and tag replace it. */
  async send({ userIds, ...what }: Dispatch, signal: AbortSignal): Promise<void> {
    const [keys, subscribers] = await Promise.all([this.#vapid(), subscribersOf(this.#options.database, userIds)])
    const waiting = subscribers.values()
    const lane = async () => {
      for (const subscriber of waiting) {
        signal.throwIfAborted()
        await this.#sendOne(subscriber, what, keys)
      }
    }
    await Promise.all(Array.from({ length: AT_ONCE }, lane))
  }

  erase(userId: UserId): Promise<void> {
    return eraseSubscriptions(this.#options.database, userId)
  }

  async #sendOne({ endpoint, keys, language }: Subscriber, { key, link, ...what }: Omit<Dispatch, 'userIds'>, vapid: VapidKeys): Promise<void> {
    const { database, subject, anywhere, log } = this.#options
    try {
      const payload = JSON.stringify({ ...wordNotice(language, what), link, tag: key, icon: what.actor?.avatarUrl ?? null })
      const topic = key.replace(/[^\w-]/g, '').slice(-MAX_TOPIC)
      const { method, headers, body } = webPush.generateRequestDetails({ endpoint, keys }, payload, { TTL: TTL_SECONDS, urgency: 'high', topic, vapidDetails: { subject, ...vapid } })
      const status = await postPush({ endpoint, method, headers: headers as Record<string, string>, body }, { anywhere })
      if (GONE.has(status)) await deleteSubscription(database, endpoint)
      else if (status >= 400) log.debug({ status, host: new URL(endpoint).host }, 'a push service refused a message')
    } catch (error) {
      log.debug({ err: error, host: new URL(endpoint).host }, 'a push message was not delivered')
    }
  }

  #vapid(): Promise<VapidKeys> {
    const { database, appSecret } = this.#options
    return (this.#keys ??= vapidKeys(database, appSecret).catch((error: unknown) => {
      this.#keys = undefined
      throw error
    }))
  }
}
