// Sends e-mail over SMTP when the operator has configured it.
import { createTransport } from 'nodemailer'
import type { Transporter } from 'nodemailer'
import type { Settings } from '../contract/settings.ts'
import { AppError } from '../core/AppError.ts'
import type { Logger } from '../core/logger.ts'

/** A mail server that says nothing for so long is given up. */
const CONNECT_MS = 10_000
const SILENCE_MS = 20_000
const CONNECTIONS = 3

export type Mail = { readonly to: string; readonly subject: string; readonly text: string }

export class Mailer {
  readonly #transport: Transporter | undefined
  readonly #from: string
  readonly #log: Logger

  constructor({ settings: { SMTP_URL, MAIL_FROM }, log }: { readonly settings: Pick<Settings, 'SMTP_URL' | 'MAIL_FROM'>; readonly log: Logger }) {
    this.#from = MAIL_FROM
    this.#log = log
    if (!SMTP_URL || !MAIL_FROM) return
    this.#transport = createTransport({
      url: SMTP_URL,
      pool: true,
      maxConnections: CONNECTIONS,
      connectionTimeout: CONNECT_MS,
      greetingTimeout: CONNECT_MS,
      dnsTimeout: CONNECT_MS,
      socketTimeout: SILENCE_MS,
      disableFileAccess: true,
      disableUrlAccess: true,
    })
  }

  /** Whether this platform can send e-mail at all. */
  get enabled(): boolean {
    return this.#transport !== undefined
  }

  /** Plain text. @throws AppError mail-unavailable when there is no mail server, or it did not take the mail */
  async send({ to, subject, text }: Mail): Promise<void> {
    if (!this.#transport) throw new AppError('mail-unavailable')
    try {
      // An object, not a text: an address can then never become two.
      await this.#transport.sendMail({ from: this.#from, to: { name: '', address: to }, subject, text })
    } catch (error) {
      this.#log.warn({ err: error }, 'the mail server did not take a mail')
      throw new AppError('mail-unavailable', { cause: error })
    }
  }

  close(): void {
    this.#transport?.close()
  }
}
