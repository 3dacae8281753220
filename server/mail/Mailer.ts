// Sends e-mail over SMTP when the operator has configured it.
import type { Settings } from '../contract/settings.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

export class Mailer {
  /** Whether this platform can send e-mail at all. */
  readonly enabled: boolean = false

  constructor(_options: { readonly settings: Settings; readonly log: Logger }) {}

  /** @throws AppError mail-unavailable */
  send(_mail: Mail): Promise<void> {
    return Promise.reject(new AppError('mail-unavailable'))
  }

  close(): void {}
}
