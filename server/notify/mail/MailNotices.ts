// Carries notifications by e-mail to those who want that and whose address is known to be theirs.
import { findRecipients } from '../../accounts/profileStore.ts'
import type { UserId } from '../../contract/ids.ts'
import type { Database } from '../../db/openDatabase.ts'
import type { Mailer } from '../../mail/Mailer.ts'
import { chosenKindOf } from '../Choices.ts'
import type { Dispatch } from '../Notifications.ts'
import { noticeMail } from '../wording.ts'
import { unsubscribeToken } from './unsubscribeToken.ts'

export type MailNoticesOptions = { readonly database: Database; readonly mailer: Mailer; readonly appSecret: string; readonly publicUrl: string }

export class MailNotices {
  readonly #options: MailNoticesOptions

  constructor(options: MailNoticesOptions) {
    this.#options = options
  }

  get enabled(): boolean {
    return this.#options.mailer.enabled
  }

  /** Those of the users who may be written to. */
  async reachable(userIds: readonly UserId[]): Promise<UserId[]> {
    return (await findRecipients(this.#options.database, userIds)).map(({ id }) => id)
  }

  /** @throws AppError mail-unavailable when the mail server does not take it */
  async send({ userIds, ...what }: Dispatch): Promise<void> {
    const { database, mailer, appSecret, publicUrl } = this.#options
    for (const { id, email, language } of await findRecipients(database, userIds)) {
      const token = unsubscribeToken({ userId: id, kind: chosenKindOf(what.kind) }, appSecret)
      const links = publicUrl === '' ? null : { open: new URL(what.link, publicUrl).href, unsubscribe: new URL(`/api/notifications/unsubscribe?token=${token}`, publicUrl).href }
      await mailer.send({ to: email, ...noticeMail(language, what, links) })
    }
  }
}
